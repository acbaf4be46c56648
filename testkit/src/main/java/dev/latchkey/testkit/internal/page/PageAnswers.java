package dev.latchkey.testkit.internal.page;

import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.internal.grant.AuthorizationCodes;
import dev.latchkey.testkit.internal.grant.DeviceCode;
import dev.latchkey.testkit.internal.grant.Directory;
import dev.latchkey.testkit.internal.grant.Tenant;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Fills the templates of the web page, with one method for each state that a user sees. */
public final class PageAnswers {

  public static final String STYLE_PATH = PageHandler.PATH + "/style.css";

  /**
   * Forms go only to this server, nothing is loaded from elsewhere, and no page may frame this one.
   */
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors"
          + " 'none'; base-uri 'none'";

  private static final Properties SCOPE_TEXTS =
      Resources.properties(PageAnswers.class, "scopes.properties");

  private final Directory directory;
  private final String formToken;

  public PageAnswers(Directory directory, String formToken) {
    this.directory = directory;
    this.formToken = formToken;
  }

  public static HttpAnswer style() {
    return HttpAnswer.of(
        200, "text/css; charset=utf-8", Resources.text(PageAnswers.class, "style.css"));
  }

  /**
   * The form for the code.
   *
   * @param problem what is wrong with the code typed before, or empty
   */
  HttpAnswer enterCode(String userCode, String problem) {
    var html =
        Html.fill(
            "enter-code",
            Map.of(
                "problem",
                problem(problem),
                "invalid",
                !problem.isEmpty(),
                "describedby",
                problem.isEmpty() ? "hint" : "problem hint",
                "user_code",
                userCode,
                "form_token",
                formToken));
    return page(problem.isEmpty() ? 200 : 400, "Enter code", html);
  }

  /**
   * The form for consent: the app, its scopes and the accounts to choose from.
   *
   * @param problem what is wrong with the choice made before, or empty
   */
  HttpAnswer consent(DeviceCode code, String problem) {
    var html =
        Html.fill(
            "consent",
            Map.of(
                "problem", problem(problem),
                "app", code.asked.app().name(),
                "client_id", code.asked.app().clientId(),
                "user_code", code.userCode,
                "scopes", scopes(code.asked.scopes()),
                "accounts", accounts(code.asked.tenant()),
                "form_token", formToken));
    return page(problem.isEmpty() ? 200 : 400, "Sign in to " + code.asked.app().name(), html);
  }

  /**
   * The form for consent of a sign-in in the browser, which the server answers with a redirect.
   *
   * @param problem what is wrong with the choice made before, or empty
   */
  HttpAnswer authorize(AuthorizationCodes.Asked asked, String problem) {
    var html =
        Html.fill(
            "authorize",
            Map.of(
                "problem", problem(problem),
                "app", asked.app().name(),
                "client_id", asked.app().clientId(),
                "scopes", scopes(asked.scopes()),
                "accounts", accounts(asked.tenant()),
                "form_token", formToken));
    return page(problem.isEmpty() ? 200 : 400, "Sign in to " + asked.app().name(), html)
        // Browsers apply it to the redirect after the form, too.
        .with(
            "Content-Security-Policy",
            POLICY.replace(
                "form-action 'self'", "form-action 'self' http://localhost:* http://127.0.0.1:*"));
  }

  /** What people see whom a policy keeps from the device code flow. */
  HttpAnswer blocked() {
    return problem(
        403,
        "You don't have access to this",
        "Your sign-in was successful, but does not meet the criteria to access this resource."
            + " Error code: 53003");
  }

  HttpAnswer approved(DeviceCode code, TestUser user) {
    var values = Map.<String, Object>of("app", code.asked.app().name(), "user", user.username());
    return page(200, "Signed in", Html.fill("approved", values));
  }

  HttpAnswer declined(DeviceCode code) {
    var values = Map.<String, Object>of("app", code.asked.app().name());
    return page(200, "Declined", Html.fill("declined", values));
  }

  HttpAnswer problem(int status, String title, String text) {
    var values = Map.<String, Object>of("title", title, "text", text);
    return page(status, title, Html.fill("problem", values));
  }

  private static Html problem(String text) {
    return text.isEmpty() ? Html.NONE : Html.fill("alert", Map.of("text", text));
  }

  private static Html scopes(Set<String> scopes) {
    List<Html> items = new ArrayList<>();
    for (String scope : scopes) {
      String text = SCOPE_TEXTS.getProperty(scope, "Use the permission " + scope);
      items.add(Html.fill("scope", Map.of("text", text, "scope", scope)));
    }
    return Html.join(items);
  }

  private Html accounts(Tenant tenant) {
    Map<String, List<Html>> byTenant = new LinkedHashMap<>();
    for (TestUser user : directory.users()) {
      if (tenant.admits(user)) {
        var group = byTenant.computeIfAbsent(label(user), label -> new ArrayList<>());
        group.add(account(user));
      }
    }
    if (byTenant.isEmpty()) {
      return Html.fill("no-accounts", Map.of("tenant", tenant.segment()));
    }
    List<Html> groups = new ArrayList<>();
    byTenant.forEach(
        (label, users) ->
            groups.add(Html.fill("tenant", Map.of("tenant", label, "accounts", Html.join(users)))));
    return Html.join(groups);
  }

  private static String label(TestUser user) {
    return user.isPersonal() ? "Personal accounts" : user.tenant();
  }

  private static Html account(TestUser user) {
    return Html.fill("account", Map.of("name", user.name(), "username", user.username()));
  }

  private static HttpAnswer page(int status, String title, Html main) {
    return HttpAnswer.html(
            status,
            Html.fill("layout", Map.of("title", title, "style", STYLE_PATH, "main", main)).markup())
        .with("Content-Security-Policy", POLICY)
        .with("X-Content-Type-Options", "nosniff")
        .with("X-Frame-Options", "DENY")
        // Not no-referrer, with which browsers send "Origin: null" for forms.
        .with("Referrer-Policy", "same-origin")
        .with("Cache-Control", "no-store");
  }
}
