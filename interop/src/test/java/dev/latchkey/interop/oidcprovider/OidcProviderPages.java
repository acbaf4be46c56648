package dev.latchkey.interop.oidcprovider;

import dev.latchkey.interop.browser.PageDriver;
import dev.latchkey.interop.fixture.EndUser;
import java.net.URI;

/** A user on oidc-provider's own pages: user code, confirmation, sign-in, consent, success. */
final class OidcProviderPages implements EndUser {
  private static final String USER_CODE =
      "[id='op.deviceInputForm'] [name=user_code]:not([type=hidden])";
  private static final String SUBMIT_USER_CODE = "[form='op.deviceInputForm']";
  private static final String CONFIRM = "[form='op.deviceConfirmForm']:not([name=abort])";
  private static final String ABORT = "[form='op.deviceConfirmForm'][name=abort]";
  private static final String SIGN_IN = "input[name=login]";
  private static final String CONSENT = "form:has([name=prompt][value=consent]) [type=submit]";
  private static final String CANCEL = "a[href$='/abort']";
  private static final int MOST_PAGES = 6;

  private final PageDriver screen;
  private final String username;

  OidcProviderPages(PageDriver screen, String username) {
    this.screen = screen;
    this.username = username;
  }

  @Override
  public void approve(URI verificationUri, String userCode) {
    screen.open(verificationUri);
    boolean typed = false;
    for (int page = 0; page < MOST_PAGES; page++) {
      switch (screen.await(CONFIRM, SIGN_IN, CONSENT, USER_CODE, "h1")) {
        case USER_CODE -> {
          if (typed) {
            throw screen.failure("does not take the user code");
          }
          typed = true;
          screen.type(USER_CODE, userCode);
          screen.press(SUBMIT_USER_CODE);
        }
        case CONFIRM -> screen.press(CONFIRM);
        case SIGN_IN -> {
          screen.type(SIGN_IN, username);
          screen.type("input[name=password]", "any password will do");
          screen.press("[type=submit]");
        }
        case CONSENT -> screen.press(CONSENT);
        default -> {
          expect("Sign-in Success");
          return;
        }
      }
    }
    throw screen.failure("came after " + MOST_PAGES + " others, and is not the last");
  }

  /** Signs in and consents on the pages of a sign-in in the browser, to the page of the app. */
  void approve(URI authorizationRequest) {
    signIn(authorizationRequest, CONSENT, "You may close this window");
  }

  /** Signs in there, and cancels instead of consenting. */
  void decline(URI authorizationRequest) {
    signIn(authorizationRequest, CANCEL, "The sign-in was not completed");
  }

  private void signIn(URI authorizationRequest, String decision, String lastWords) {
    screen.open(authorizationRequest);
    for (int page = 0; page < MOST_PAGES; page++) {
      switch (screen.await(SIGN_IN, CONSENT, "h1 + p")) {
        case SIGN_IN -> {
          screen.type(SIGN_IN, username);
          screen.type("input[name=password]", "any password will do");
          screen.press("[type=submit]");
        }
        case CONSENT -> screen.press(decision);
        default -> {
          expect(lastWords);
          return;
        }
      }
    }
    throw screen.failure("came after " + MOST_PAGES + " others, and is not the last");
  }

  /** Denies at the confirmation of the code, the first page on which oidc-provider allows it. */
  @Override
  public void deny(URI verificationUri, String userCode) {
    screen.open(verificationUri);
    if (screen.await(ABORT, USER_CODE).equals(USER_CODE)) {
      screen.type(USER_CODE, userCode);
      screen.press(SUBMIT_USER_CODE);
    }
    screen.await(ABORT);
    screen.press(ABORT);
    expect("The Sign-in request was interrupted");
  }

  private void expect(String words) {
    if (!screen.text().contains(words)) {
      throw screen.failure("does not say \"" + words + "\"");
    }
  }
}
