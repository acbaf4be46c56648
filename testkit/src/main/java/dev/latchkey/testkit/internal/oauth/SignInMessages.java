package dev.latchkey.testkit.internal.oauth;

import dev.latchkey.testkit.internal.http.Resources;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The sentence that tells the user where to type the code, in the language that Entra ID's
 * parameter {@code mkt} requests.
 */
final class SignInMessages {

  private static final Properties BY_LANGUAGE =
      Resources.properties(SignInMessages.class, "messages.properties");

  private SignInMessages() {}

  /**
   * The sentence in the language of a market; in English if that is unknown or null.
   *
   * @param market for example {@code de-DE}
   */
  static String of(@Nullable String market, String verificationUri, String userCode) {
    String language = market == null ? "en" : Locale.forLanguageTag(market).getLanguage();
    String message = BY_LANGUAGE.getProperty(language, BY_LANGUAGE.getProperty("en"));
    return message.replace("{uri}", verificationUri).replace("{code}", userCode);
  }
}
