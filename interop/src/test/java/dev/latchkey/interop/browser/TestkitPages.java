package dev.latchkey.interop.browser;

import dev.latchkey.interop.fixture.EndUser;
import java.net.URI;

/** A user on the web page of the testkit's authorization server: code, account, decision. */
public final class TestkitPages implements EndUser {
  private static final String USER_CODE = "input#user_code";
  private static final String DECISION = "button[name=decision]";

  private final PageDriver screen;
  private final String username;

  public TestkitPages(PageDriver screen, String username) {
    this.screen = screen;
    this.username = username;
  }

  @Override
  public void approve(URI verificationUri, String userCode) {
    enter(verificationUri, userCode);
    screen.choose("[name=account][value='" + username + "']");
    screen.press(DECISION + "[value=approve]");
    expect("You are signed in");
  }

  @Override
  public void deny(URI verificationUri, String userCode) {
    enter(verificationUri, userCode);
    screen.press(DECISION + "[value=decline]");
    expect("You declined");
  }

  private void enter(URI verificationUri, String userCode) {
    screen.open(verificationUri);
    screen.await(USER_CODE);
    screen.type(USER_CODE, userCode);
    screen.press("[type=submit]");
    screen.await(DECISION);
  }

  private void expect(String words) {
    screen.await("h1");
    if (!screen.text().contains(words)) {
      throw screen.failure("does not say \"" + words + "\"");
    }
  }
}
