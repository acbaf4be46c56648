package dev.latchkey.testkit.internal.oauth;

import dev.latchkey.testkit.internal.http.Resources;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The sentence that tells a person where to type the code, in the language asked for by Entra's
 * {@code mkt}.
 */
final class SignInMessages {

  private static final Properties BY_LANGUAGE =
      Resources.properties(SignInMessages.class, "messages.properties");

  private SignInMessages() {}

  /**
   * The message in the language of a market, or in English.
   *
   * @param market for example {@code de-DE}
   */
  static String of(@Nullable String market, String verificationUri, String userCode) {
    String language = market == null ? "en" : Locale.forLanguageTag(market).getLanguage();
    String message = BY_LANGUAGE.getProperty(language, BY_LANGUAGE.getProperty("en"));
    return message.replace("{uri}", verificationUri).replace("{code}", userCode);
  }
}
