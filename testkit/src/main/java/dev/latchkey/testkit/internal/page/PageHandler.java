package dev.latchkey.testkit.internal.page;

import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.internal.grant.Decision;
import dev.latchkey.testkit.internal.grant.DeviceCode;
import dev.latchkey.testkit.internal.grant.DeviceCode.State;
import dev.latchkey.testkit.internal.grant.DeviceCodes;
import dev.latchkey.testkit.internal.grant.Directory;
import dev.latchkey.testkit.internal.http.Handler;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.Request;
import org.jspecify.annotations.Nullable;

/** The web page where a user types the code, chooses an account, and approves or declines. */
public final class PageHandler implements Handler {

  public static final String PATH = "/device";

  private final Directory directory;
  private final DeviceCodes codes;
  private final PageAnswers pages;
  private final String formToken;

  public PageHandler(Directory directory, DeviceCodes codes, PageAnswers pages, String formToken) {
    this.directory = directory;
    this.codes = codes;
    this.pages = pages;
    this.formToken = formToken;
  }

  @Override
  public HttpAnswer answer(Request request) {
    if (!isOurName(request)) {
      return pages.problem(421, "Wrong address", "Open this page at the address the app shows.");
    }
    return switch (request.method()) {
      case "GET" -> pages.enterCode(orEmpty(request.query("user_code")), "");
      case "POST" -> isFromOurPage(request, formToken) ? submitted(request) : crossSite();
      default -> pages.problem(405, "Not possible", "This page takes GET and POST.");
    };
  }

  /** Any other name belongs to another site that resolves to this machine (DNS rebinding). */
  static boolean isOurName(Request request) {
    return request.baseUrl().equals("http://" + request.header("Host"));
  }

  /**
   * A page of another site can post here, but can neither read the form token nor forge the origin.
   */
  static boolean isFromOurPage(Request request, String formToken) {
    var origin = request.header("Origin");
    boolean sameOrigin = origin == null || origin.equals(request.baseUrl());
    return sameOrigin && formToken.equals(request.form("form_token"));
  }

  private HttpAnswer crossSite() {
    return pages.problem(
        403, "Form not accepted", "It did not come from this server's page. Please start again.");
  }

  private HttpAnswer submitted(Request request) {
    String typed = orEmpty(request.form("user_code"));
    var code = codes.find(typed);
    if (code == null) {
      return pages.enterCode(
          typed,
          typed.isBlank()
              ? "Enter the code that the app shows."
              : "That code is not known here. Check it against the one the app shows.");
    }
    State state = codes.state(code);
    if (state != State.PENDING) {
      return pages.enterCode("", noLongerOpen(state));
    }
    var decision = request.form("decision");
    return decision == null ? pages.consent(code, "") : decided(code, decision, request);
  }

  private HttpAnswer decided(DeviceCode code, String decision, Request request) {
    if (decision.equals("decline")) {
      return codes.decide(code, Decision.DECLINE)
          ? pages.declined(code)
          : pages.enterCode("", noLongerOpen(codes.state(code)));
    }
    var user = chosen(code, request.form("account"));
    if (user == null) {
      return pages.consent(code, "Choose the account to sign in with.");
    }
    if (directory.isDisabled(user)) {
      return pages.consent(code, "The account " + user.username() + " is disabled.");
    }
    if (codes.isBlocked()) {
      codes.decide(code, Decision.approveAs(user));
      return pages.blocked();
    }
    return codes.decide(code, Decision.approveAs(user))
        ? pages.approved(code, user)
        : pages.enterCode("", noLongerOpen(codes.state(code)));
  }

  private @Nullable TestUser chosen(DeviceCode code, @Nullable String username) {
    return directory.users().stream()
        .filter(user -> user.username().equals(username) && code.asked.tenant().admits(user))
        .findFirst()
        .orElse(null);
  }

  private static String noLongerOpen(State state) {
    return state == State.EXPIRED
        ? "That code has expired. Start again in the app to get a new one."
        : "That code was already used. Start again in the app to get a new one.";
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
