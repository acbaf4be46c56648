package dev.latchkey.schedule;

import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.schedule.SimulatedHttp.FormReader;
import dev.latchkey.schedule.SimulatedHttp.Page;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server that rotates refresh tokens, as a model: each sign-in begins a family, of
 * which only the newest token is good. It remembers every redemption, and whether its outcome is in
 * doubt, so that a second one is excused.
 */
final class ModelServer {

  static final String ISSUER = "https://server.example";
  static final String CLIENT_ID = "1406020730";
  private static final Duration LIFETIME = Duration.ofHours(1);

  /** What a token that is used twice costs. */
  enum Reuse {
    REFUSED,
    ENDS_THE_FAMILY,
    /** The server does not rotate. */
    ALLOWED
  }

  /** A sign-in and the tokens that followed it. */
  static final class Family {
    final int number;
    final Person person;
    int newest;
    boolean revoked;
    boolean inDoubt;

    Family(int number, Person person) {
      this.number = number;
      this.person = person;
    }

    String refreshToken(int of) {
      return "refresh-" + number + "-" + of;
    }
  }

  /** A refresh token that was sent and granted. */
  private static final class Redemption {
    final SimulatedProcess by;
    final int step;
    boolean excused;

    Redemption(SimulatedProcess by) {
      this.by = by;
      this.step = by.step();
    }
  }

  private final FakeTime time;
  private final Reuse reuse;
  private final boolean idTokenAtRefresh;
  private final List<Family> families = new ArrayList<>();
  private final Map<String, Family> byRefreshToken = new HashMap<>();
  private final Map<String, Family> byAccessToken = new HashMap<>();
  private final Map<String, Redemption> redemptions = new HashMap<>();
  private final Deque<Step.Kind> faults = new ArrayDeque<>();
  private final Map<String, Person> approved = new HashMap<>();
  private int issued;

  /**
   * Creates one without a sign-in.
   *
   * @param idTokenAtRefresh whether the answer to a refresh names the person, which is optional
   */
  ModelServer(FakeTime time, Reuse reuse, boolean idTokenAtRefresh) {
    this.time = time;
    this.reuse = reuse;
    this.idTokenAtRefresh = idTokenAtRefresh;
  }

  int issued() {
    return issued;
  }

  /** What the next refresh meets. */
  void fault(Step.Kind kind) {
    faults.add(kind);
  }

  void mend() {
    faults.clear();
  }

  /** Whether a session of a person may have ended because the outcome of a refresh is unknown. */
  boolean isInDoubt(Person person) {
    return families.stream().anyMatch(family -> family.person == person && family.inDoubt);
  }

  void revoke(Person person) {
    for (Family family : families) {
      family.revoked |= family.person == person;
    }
  }

  /** Whose access token it is. */
  Family familyOf(String accessToken) {
    Family family = byAccessToken.get(accessToken);
    if (family == null) {
      throw new AssertionError("no token of this server");
    }
    return family;
  }

  /**
   * From now on the outcome of what the process redeemed in its current step is in doubt: it was
   * killed, or its store failed.
   */
  void doubt(SimulatedProcess process) {
    redemptions.forEach(
        (token, redemption) -> {
          if (redemption.by == process && redemption.step == process.step()) {
            doubt(token);
          }
        });
  }

  private void doubt(String refreshToken) {
    Family family = byRefreshToken.get(refreshToken);
    Redemption redemption = redemptions.get(refreshToken);
    if (family != null) {
      family.inDoubt = true;
    }
    if (redemption != null) {
      redemption.excused = true;
    }
  }

  /** The answer to one request of a process. */
  Page answer(SimulatedProcess process, URI uri, FormReader form) throws IOException {
    return switch (uri.getPath()) {
      case "/device" -> device(process, form.read());
      case "/revoke" -> revoked(form.read());
      default -> {
        Step.Kind fault = process.isRefreshing() ? faults.poll() : null;
        if (fault == Step.Kind.NEVER_LEFT) {
          throw new IOException("connection refused");
        }
        Map<String, String> fields = form.read();
        yield fields.containsKey("device_code")
            ? signedIn(fields.getOrDefault("device_code", ""))
            : refreshed(process, fields.getOrDefault("refresh_token", ""), fault);
      }
    };
  }

  private Page device(SimulatedProcess process, Map<String, String> form) {
    if (!CLIENT_ID.equals(form.get("client_id"))) {
      return error("invalid_client");
    }
    String code = "device-" + approved.size();
    approved.put(code, process.signingIn());
    return json(200, Body.device().with("device_code", code));
  }

  private Page revoked(Map<String, String> form) {
    Family family = byRefreshToken.get(form.getOrDefault("token", ""));
    if (family != null) {
      family.revoked = true;
    }
    return json(200, new Body());
  }

  private Page signedIn(String deviceCode) {
    Person person = approved.get(deviceCode);
    return person == null ? error("invalid_grant") : json(200, tokens(begin(person), true));
  }

  private Family begin(Person person) {
    Family family = new Family(families.size(), person);
    families.add(family);
    byRefreshToken.put(family.refreshToken(0), family);
    return family;
  }

  private Page refreshed(SimulatedProcess process, String token, Step.@Nullable Kind fault)
      throws IOException {
    if (fault == Step.Kind.UNAVAILABLE) {
      return new Page(503, "text/html", "<html>down</html>");
    }
    Family family = byRefreshToken.get(token);
    if (family == null) {
      throw new AssertionError("a refresh token that this server never issued");
    }
    Redemption before = redemptions.get(token);
    if (before != null
        && reuse != Reuse.ALLOWED
        && !before.excused
        && !process.storeFailedInThisStep()) {
      throw new AssertionError(
          "a refresh token of "
              + family.person
              + " was redeemed twice, by "
              + before.by
              + " and "
              + process);
    }
    if (family.revoked || (before != null && reuse != Reuse.ALLOWED)) {
      family.revoked |= reuse == Reuse.ENDS_THE_FAMILY;
      return error("invalid_grant");
    }
    redemptions.put(token, new Redemption(process));
    if (reuse != Reuse.ALLOWED) {
      family.newest++;
      byRefreshToken.put(family.refreshToken(family.newest), family);
    }
    Body tokens = tokens(family, reuse != Reuse.ALLOWED);
    if (fault == null) {
      return json(200, idTokenAtRefresh ? tokens : tokens.without("id_token"));
    }
    if (fault == Step.Kind.NO_ACCESS_TOKEN) { // the refresh token in it is a good one
      return json(200, tokens.without("access_token"));
    }
    doubt(token);
    return switch (fault) {
      case ANSWER_LOST -> throw new IOException("connection reset");
      case BAD_GATEWAY -> new Page(502, "text/html", "<html>bad gateway</html>");
      case PORTAL_PAGE -> new Page(200, "text/html", "<html>welcome</html>");
      default -> json(200, tokens(begin(family.person.other()), true));
    };
  }

  private Body tokens(Family family, boolean rotated) {
    String accessToken = "access-" + family.person + "-" + issued++;
    byAccessToken.put(accessToken, family);
    long now = time.wallMillis() / 1000;
    Body idToken =
        new Body()
            .with("iss", ISSUER)
            .with("sub", family.person.subject)
            .with("tid", family.person.tenant)
            .with("aud", CLIENT_ID)
            .with("iat", now)
            .with("exp", now + Duration.ofDays(30).toSeconds());
    Body tokens =
        Body.tokens()
            .with("access_token", accessToken)
            .with("expires_in", LIFETIME.toSeconds())
            .with("id_token", Jwt.of(idToken));
    return rotated
        ? tokens.with("refresh_token", family.refreshToken(family.newest))
        : tokens.without("refresh_token");
  }

  private static Page json(int status, Body body) {
    return new Page(status, "application/json", body.toString());
  }

  private static Page error(String code) {
    return json(400, new Body().with("error", code));
  }
}
