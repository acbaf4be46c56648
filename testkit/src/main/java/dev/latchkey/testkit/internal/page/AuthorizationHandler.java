package dev.latchkey.testkit.internal.page;

import dev.latchkey.testkit.OAuthFailure;
import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.internal.grant.AuthorizationCodes;
import dev.latchkey.testkit.internal.grant.AuthorizationCodes.Asked;
import dev.latchkey.testkit.internal.grant.Decision;
import dev.latchkey.testkit.internal.grant.DeviceCodes;
import dev.latchkey.testkit.internal.grant.Directory;
import dev.latchkey.testkit.internal.grant.Refusal;
import dev.latchkey.testkit.internal.grant.RequestedClaims;
import dev.latchkey.testkit.internal.grant.ScopeLists;
import dev.latchkey.testkit.internal.http.Handler;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The authorization endpoint: the page of a sign-in in the browser.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1">RFC 6749 §4.1.1</a>
 */
public final class AuthorizationHandler implements Handler {

  /** RFC 8252 §7.3: on loopback, any port. */
  private static final Pattern LOOPBACK =
      Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?(/[^?#]*)?");

  private static final OAuthFailure DECLINED = OAuthFailure.of("access_denied").aadsts(65004);

  private final Directory directory;
  private final DeviceCodes planned;
  private final AuthorizationCodes codes;
  private final PageAnswers pages;
  private final String formToken;

  /**
   * Creates the handler.
   *
   * @param planned holds the decisions that a test makes in advance, for either way to sign in
   */
  public AuthorizationHandler(
      Directory directory,
      DeviceCodes planned,
      AuthorizationCodes codes,
      PageAnswers pages,
      String formToken) {
    this.directory = directory;
    this.planned = planned;
    this.codes = codes;
    this.pages = pages;
    this.formToken = formToken;
  }

  @Override
  public HttpAnswer answer(Request request) {
    if (!PageHandler.isOurName(request)) {
      return pages.problem(421, "Wrong address", "Open this page at the address the app shows.");
    }
    try {
      Asked asked = asked(request);
      return request.method().equals("POST") ? submitted(asked, request) : opened(asked);
    } catch (Refusal refusal) { // RFC 6749 §4.1.2.1: "MUST NOT automatically redirect"
      return pages.problem(400, "Sorry, we can't sign you in", refusal.failure().toString());
    }
  }

  /**
   * What a request asks for.
   *
   * @throws Refusal if it is none that may be answered by a redirect
   */
  public Asked asked(Request request) {
    var app = directory.app(required(request, "client_id"));
    String redirectUri = required(request, "redirect_uri");
    if (!LOOPBACK.matcher(redirectUri).matches()) {
      throw Refusal.of("invalid_request", 50011, "The redirect URI is not on loopback.");
    }
    if (!required(request, "response_type").equals("code")) {
      throw Refusal.of("unsupported_response_type", 700054, "The response type must be code.");
    }
    var challenge = request.query("code_challenge");
    if (challenge != null && !"S256".equals(request.query("code_challenge_method"))) {
      throw Refusal.of("invalid_request", 50147, "The code challenge must be of method S256.");
    }
    return new Asked(
        app,
        directory.tenant(request.captured()),
        ScopeLists.parse(required(request, "scope")),
        RequestedClaims.of(request.query("claims")),
        redirectUri,
        challenge,
        request.query("state"),
        request.query("nonce"));
  }

  private static String required(Request request, String name) {
    var value = request.query(name);
    if (value == null || value.isEmpty()) {
      throw Refusal.of("invalid_request", 900144, "The parameter '" + name + "' is missing.");
    }
    return value;
  }

  private HttpAnswer opened(Asked asked) {
    var decision = planned.planned();
    return decision == null ? pages.authorize(asked, "") : redirect(asked, decision);
  }

  private HttpAnswer submitted(Asked asked, Request request) {
    if (!PageHandler.isFromOurPage(request, formToken)) {
      return pages.problem(
          403, "Form not accepted", "It did not come from this server's page. Please start again.");
    }
    if ("decline".equals(request.form("decision"))) {
      return redirect(asked, Decision.DECLINE);
    }
    var user = chosen(asked, request.form("account"));
    if (user == null) {
      return pages.authorize(asked, "Choose the account to sign in with.");
    }
    if (directory.isDisabled(user)) {
      return pages.authorize(asked, "The account " + user.username() + " is disabled.");
    }
    return redirect(asked, Decision.approveAs(user));
  }

  private @Nullable TestUser chosen(Asked asked, @Nullable String username) {
    return directory.users().stream()
        .filter(user -> user.username().equals(username) && asked.tenant().admits(user))
        .findFirst()
        .orElse(null);
  }

  private HttpAnswer redirect(Asked asked, Decision decision) {
    return HttpAnswer.empty(302)
        .with("Location", target(asked, decision))
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "no-referrer");
  }

  /** Where the browser goes with a decision. */
  public String target(Asked asked, Decision decision) {
    var user = decision.user();
    String answer =
        user == null
            ? "error="
                + DECLINED.error()
                + "&error_subcode=cancel&error_description="
                + encode("AADSTS65004: User declined to consent to access the app.")
            : "code=" + encode(codes.issue(asked, user));
    var state = asked.state();
    return asked.redirectUri() + "?" + answer + (state == null ? "" : "&state=" + encode(state));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
