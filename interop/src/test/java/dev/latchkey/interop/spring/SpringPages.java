package dev.latchkey.interop.spring;

import dev.latchkey.interop.browser.PageDriver;
import dev.latchkey.interop.fixture.EndUser;
import java.net.URI;

/** The server's only user, on Spring's own pages: sign-in, user code, consent. */
final class SpringPages implements EndUser {
  private static final String SIGN_IN = "input[name=password]";
  private static final String USER_CODE = "[name=user_code]:not([type=hidden])";
  private static final String CONSENT = "input[type=checkbox][name=scope]";
  private static final String SUBMIT = "[type=submit]";
  private static final int MAX_PAGES = 6;

  private final PageDriver screen;

  SpringPages(PageDriver screen) {
    this.screen = screen;
  }

  @Override
  public void approve(URI verificationUri, String userCode) {
    walk(verificationUri, userCode, true, "Device activated");
  }

  /** Consents to nothing: the button that cancels needs JavaScript. */
  @Override
  public void deny(URI verificationUri, String userCode) {
    walk(verificationUri, userCode, false, "");
  }

  /** Signs in and consents on the pages of a sign-in in the browser, to the page of the app. */
  void approve(URI authorizationRequest) {
    walk(authorizationRequest, "", true, "You may close this window");
  }

  /** Signs in there, and does not consent. */
  void decline(URI authorizationRequest) {
    walk(authorizationRequest, "", false, "The sign-in was not completed");
  }

  private void walk(URI first, String userCode, boolean consents, String lastWords) {
    screen.open(first);
    for (int page = 0; page < MAX_PAGES; page++) {
      switch (screen.await(SIGN_IN, USER_CODE, CONSENT, "body")) {
        case SIGN_IN -> {
          screen.type("input[name=username]", AuthorizationServerApplication.USERNAME);
          screen.type(SIGN_IN, AuthorizationServerApplication.PASSWORD);
          screen.press(SUBMIT);
        }
        case USER_CODE -> {
          screen.type(USER_CODE, userCode);
          screen.press(SUBMIT);
        }
        case CONSENT -> {
          if (consents) {
            screen.chooseAll(CONSENT);
          }
          screen.press(SUBMIT);
        }
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
