package dev.latchkey.interop.keycloak;

import dev.latchkey.interop.browser.PageDriver;
import dev.latchkey.interop.fixture.EndUser;
import java.net.URI;

/** A user on Keycloak's pages: user code, sign-in, grant, and the message at the end. */
final class KeycloakPages implements EndUser {
  private static final String USER_CODE = "#device-user-code";
  private static final String SIGN_IN = "#kc-form-login #password";
  private static final String GRANT = "[name=accept]";
  private static final String MESSAGE = "#kc-info-message";
  private static final String ERROR = "#kc-error-message";
  private static final int MAX_PAGES = 6;

  private final PageDriver screen;
  private final String username;
  private final String password;

  KeycloakPages(PageDriver screen, String username, String password) {
    this.screen = screen;
    this.username = username;
    this.password = password;
  }

  @Override
  public void approve(URI verificationUri, String userCode) {
    walk(verificationUri, userCode, GRANT, "Device Login Successful");
  }

  @Override
  public void deny(URI verificationUri, String userCode) {
    walk(verificationUri, userCode, "[name=cancel]", "Consent denied");
  }

  /** Signs in and consents on the pages of a sign-in in the browser, to the page of the app. */
  void approve(URI authorizationRequest) {
    walk(authorizationRequest, "", GRANT, "You may close this window");
  }

  /** Signs in there, and does not consent. */
  void decline(URI authorizationRequest) {
    walk(authorizationRequest, "", "[name=cancel]", "The sign-in was not completed");
  }

  private void walk(URI verificationUri, String userCode, String decision, String lastWords) {
    screen.open(verificationUri);
    for (int page = 0; page < MAX_PAGES; page++) {
      switch (screen.await(USER_CODE, SIGN_IN, GRANT, MESSAGE, ERROR, "h1 + p")) {
        case USER_CODE -> {
          screen.type(USER_CODE, userCode);
          screen.press("[type=submit]");
        }
        case SIGN_IN -> {
          screen.type("#username", username);
          screen.type("#password", password);
          screen.press("#kc-login");
        }
        case GRANT -> screen.press(decision);
        default -> {
          if (!screen.text().contains(lastWords)) {
            throw screen.failure("does not say \"" + lastWords + "\"");
          }
          return;
        }
      }
    }
    throw screen.failure("came after " + MAX_PAGES + " others, and is not the last");
  }
}
