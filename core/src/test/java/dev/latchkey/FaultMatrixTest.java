package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.OAuthCase;
import dev.latchkey.fixture.OAuthLane;
import dev.latchkey.matrix.Faults;
import dev.latchkey.matrix.Matrix;
import dev.latchkey.matrix.Matrix.Case;
import dev.latchkey.matrix.TlsFaults;
import dev.latchkey.matrix.WireFault;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every request of every flow meets every fault, at several positions. After each the call has
 * failed typed or gone well, the store holds the old record or the new one, no refresh token was
 * sent twice, no connection is open, and no secret was seen.
 */
@Tag("matrix")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FaultMatrixTest {

  private static final String CLAIMS = "{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}";
  private static final int ALWAYS = Integer.MAX_VALUE;
  private static final WireFault NONE = new WireFault("no fault", true, false, wire -> true);

  private static final List<WireFault> METADATA =
      faults("issuer", "device_authorization_endpoint", "token_endpoint", "revocation_endpoint");
  private static final List<WireFault> DEVICE =
      faults("device_code", "user_code", "verification_uri", "expires_in", "interval", "message");
  private static final List<WireFault> TOKEN =
      faults("access_token", "token_type", "expires_in", "refresh_token", "id_token", "scope");
  private static final List<WireFault> REVOCATION = faults();

  @TempDir Path directory;

  private interface Flow {
    boolean failed(OAuthCase begun, WireFault fault) throws Exception;
  }

  private interface AtPlace {
    boolean failed(OAuthCase begun, URI place) throws Exception;
  }

  @Test
  void everyFaultOfEveryRequestEndsTypedAndLosesNothing() throws Exception {
    try (TlsFaults tls = new TlsFaults(directory);
        Matrix<OAuthLane> matrix =
            new Matrix<>(
                "OAuth",
                (server, watch) -> new OAuthLane(server, watch, tls.context(), directory))) {
      matrix.warmUp(
          new Case<>(
              "no fault",
              false,
              (lane, marks) -> {
                new OAuthCase(lane, marks, true, false).expired().refresh(NONE, null);
                new OAuthCase(lane, marks, false, false).discovering().signIn();
                new OAuthCase(lane, marks, false, false).signInWithTheBrowser();
                return new OAuthCase(lane, marks, false, false).signOut();
              }));

      metadata(matrix);
      signIn(matrix);
      refresh(matrix);
      run(
          matrix,
          "revocation",
          false,
          REVOCATION,
          (begun, fault) -> begun.arm(fault, 0, 1).signOut());
      noConnection(matrix, tls);

      tls.requests().forEach(matrix::finding);
      assertThat(matrix.findings()).isEmpty();
      assertThat(matrix.cases()).isGreaterThan(5_000);
    }
  }

  private static void metadata(Matrix<OAuthLane> matrix) throws Exception {
    run(
        matrix,
        "metadata at a sign-in",
        false,
        METADATA,
        (begun, fault) -> begun.discovering().arm(fault, 0, 1).signIn());
    run(
        matrix,
        "metadata of RFC 8414",
        false,
        METADATA,
        (begun, fault) -> {
          begun.model.withoutOpenId();
          return begun.discovering().arm(fault, 1, 1).signIn();
        });
    run(
        matrix,
        "metadata at a refresh",
        false,
        METADATA,
        (begun, fault) -> begun.expired().discovering().arm(fault, 0, 1).refresh(fault, null));
  }

  private static void signIn(Matrix<OAuthLane> matrix) throws Exception {
    run(
        matrix,
        "device authorization",
        false,
        DEVICE,
        (begun, fault) -> begun.arm(fault, 0, 1).signIn());
    run(
        matrix,
        "first poll",
        false,
        TOKEN,
        (begun, fault) -> begun.polls("authorization_pending").arm(fault, 1, 1).signIn());
    run(
        matrix,
        "poll after slow_down",
        false,
        TOKEN,
        (begun, fault) -> begun.polls("slow_down").arm(fault, 2, 1).signIn());
    run(matrix, "every poll", false, TOKEN, (begun, fault) -> begun.arm(fault, 1, ALWAYS).signIn());
    run(
        matrix,
        "code of the browser",
        false,
        TOKEN,
        (begun, fault) -> begun.arm(fault, 0, 1).signInWithTheBrowser());
  }

  private static void refresh(Matrix<OAuthLane> matrix) throws Exception {
    run(
        matrix,
        "first refresh",
        true,
        TOKEN,
        (begun, fault) -> begun.expired().arm(fault, 0, 1).refresh(fault, null));
    run(
        matrix,
        "later refresh",
        false,
        TOKEN,
        (begun, fault) -> begun.expired().refreshed().arm(fault, 0, ALWAYS).refresh(fault, null));
    run(
        matrix,
        "refresh beside a token in hand",
        false,
        TOKEN,
        (begun, fault) -> begun.due().arm(fault, 0, 1).refreshBeside(fault));
    run(
        matrix,
        "refresh with claims",
        false,
        TOKEN,
        (begun, fault) -> begun.arm(fault, 0, 1).refresh(fault, CLAIMS));
  }

  private static void noConnection(Matrix<OAuthLane> matrix, TlsFaults tls) throws Exception {
    List<Case<OAuthLane>> cases = new ArrayList<>();
    place(cases, tls, "metadata", (begun, place) -> begun.discoveringAt(place).signIn());
    place(cases, tls, "sign-in", (begun, place) -> begun.at(place).signIn());
    place(cases, tls, "refresh", (begun, place) -> begun.expired().at(place).refresh(NONE, null));
    place(cases, tls, "claims", (begun, place) -> begun.at(place).refresh(NONE, CLAIMS));
    place(cases, tls, "beside", (begun, place) -> begun.due().at(place).refreshBeside(NONE));
    place(cases, tls, "revocation", (begun, place) -> begun.at(place).signOut());
    matrix.run("no connection", cases);
  }

  private static void place(List<Case<OAuthLane>> cases, TlsFaults tls, String name, AtPlace flow) {
    tls.places()
        .forEach(
            (what, place) -> {
              boolean slow = TlsFaults.isSlow(what);
              cases.add(
                  new Case<>(
                      name + ", " + what,
                      slow,
                      (lane, marks) ->
                          flow.failed(new OAuthCase(lane, marks, false, slow), place)));
            });
  }

  private static void run(
      Matrix<OAuthLane> matrix, String group, boolean inFiles, List<WireFault> faults, Flow flow)
      throws Exception {
    List<Case<OAuthLane>> cases = new ArrayList<>();
    for (WireFault fault : faults) {
      // The disk is slow: every third case on files is enough.
      boolean onDisk = inFiles && cases.size() % 3 == 0;
      cases.add(
          new Case<>(
              group + ", " + fault.name(),
              fault.slow(),
              (lane, marks) ->
                  flow.failed(new OAuthCase(lane, marks, onDisk, fault.slow()), fault)));
    }
    matrix.run(group, cases);
  }

  private static List<WireFault> faults(String... members) {
    return Faults.of(
        words ->
            new Body().with("error", "server_error").with("error_description", words).toString(),
        members);
  }
}
