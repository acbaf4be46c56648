package dev.latchkey.testkit;

import java.util.Properties;

/** What Entra ID says beside an AADSTS number. For people; no client may branch on it. */
final class AadstsTexts {

  private static final Properties TEXTS = Resources.properties("aadsts.properties");

  private AadstsTexts() {}

  static String of(int number) {
    return TEXTS.getProperty(Integer.toString(number), "The request cannot be fulfilled.");
  }
}
