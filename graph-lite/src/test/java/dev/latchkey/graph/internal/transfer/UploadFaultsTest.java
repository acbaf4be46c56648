package dev.latchkey.graph.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.graph.Drive;
import dev.latchkey.graph.drive.ConflictBehavior;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.QuotaExceeded;
import dev.latchkey.graph.error.RequestRefused;
import dev.latchkey.graph.fixture.DriveFixture;
import dev.latchkey.graph.fixture.KilledTransfer;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import dev.latchkey.testkit.RecordedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads in slices of 320 KiB that fail on the way. */
class UploadFaultsTest extends DriveFixture {

  private static final int SLICES = 14;
  private static final int SIZE = (SLICES - 1) * UNIT + 1;
  private static final UploadOptions SMALL_SLICES = UploadOptions.defaults().sliceSize(UNIT);

  /** What may happen to a slice. */
  enum Mishap {
    CUT(Fault.drop()),
    CUT_AFTER_STORING(Fault.drop().afterActing()),
    ANSWER_CUT(Fault.truncated()),
    INTERNAL_ERROR(Fault.status(500)),
    UNAVAILABLE(Fault.status(503)),
    UNAVAILABLE_AFTER_STORING(Fault.status(503).header("Retry-After", "3").afterActing()),
    GATEWAY_TIMEOUT_AFTER_STORING(Fault.status(504).afterActing()),
    NOT_WAITED_FOR(Fault.status(408)),
    NOT_WAITED_FOR_BUT_STORED(Fault.status(408).afterActing()),
    RANGE_IS_THERE(Fault.status(416).afterActing()),
    THROTTLED(Fault.status(429).header("Retry-After", "2"));

    @SuppressWarnings("ImmutableEnumChecker") // it is, but says so only in its Javadoc
    final Fault fault;

    Mishap(Fault fault) {
      this.fault = fault;
    }
  }

  @ParameterizedTest
  @EnumSource
  void failureAtAnySliceLeavesTheRightBytes(Mishap mishap) throws Exception {
    Path file = file("f", SIZE);

    for (int slice = 1; slice <= SLICES; slice++) {
      server.fail(mishap.fault.onRequest(slice).to("PUT", "/uploadSession/"));
      String name = mishap + "-" + slice;

      DriveItem item = drive.upload(file, at(name), SMALL_SLICES);

      assertThat(item.id()).isEqualTo(remote.itemId(folder + name));
      assertThat(remote.fileContent(folder + name)).as(name).isEqualTo(bytes(SIZE));
    }
    assertThat(graph.requests("POST", "createUploadSession")).hasSize(SLICES);
    assertThat(graph.leaks()).isEmpty();
  }

  @Test
  void hangingSliceEndsAfterTheIdleTimeout() throws Exception {
    Drive impatient = withIdleTimeout(Duration.ofMillis(500));
    server.fail(Fault.hang().onRequest(3).to("PUT", "/uploadSession/"));

    impatient.upload(file("f", SIZE), at("f"), SMALL_SLICES);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
  }

  @Test
  void sliceAfterSliceCanFail() throws Exception {
    server.fail(Fault.drop().times(4).to("PUT", "/uploadSession/"));

    drive.upload(file("f", SIZE), at("f"), SMALL_SLICES);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
    assertThat(time.waits()).hasSize(4).isSorted();
  }

  @Test
  void permanentFailureEndsAsUnavailable() throws Exception {
    server.fail(Fault.status(503).always().to("PUT", "/uploadSession/"));

    assertThatThrownBy(() -> drive.upload(file("f", SIZE), at("f"), SMALL_SLICES))
        .isInstanceOf(GraphUnavailable.class);
    assertThat(slices()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, SIZE})
  void responsesThatNeverComeEndAsUnavailable(int size) throws Exception {
    Path file = file("f", size);
    server.fail(Fault.drop().always().to("PUT", "/(uploadSession/|content$)"));

    assertThatThrownBy(() -> drive.upload(file, at("f"), SMALL_SLICES))
        .isInstanceOf(GraphUnavailable.class)
        .hasMessageContaining("got no answer")
        .hasCauseInstanceOf(OutcomeUnknown.class);
    assertThat(graph.requests("PUT", "/(uploadSession/|content$)")).hasSize(6);
    assertThat(remote.exists(folder + "f")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLACE", "FAIL"})
  void lostResponseToTheLastAttemptLeadsToALook(ConflictBehavior conflict) throws Exception {
    for (int size : new int[] {10, SIZE}) {
      String name = "f" + size;
      server.fail(
          Fault.drop().afterActing().onRequest(SLICES).to("PUT", "/uploadSession/"),
          Fault.drop().afterActing().to("PUT", "/content$"));

      DriveItem item =
          withoutRetries().upload(file("f", size), at(name), SMALL_SLICES.conflict(conflict));

      assertThat(item.id()).isEqualTo(remote.itemId(folder + name));
      assertThat(remote.fileContent(folder + name)).isEqualTo(bytes(size));
      server.clearFaults();
    }
    assertThat(slices()).hasSize(SLICES);
    assertThat(graph.requests("PUT", "/content$")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, SIZE})
  void lostResponseIsUnknownIfTheLookFails(int size) throws Exception {
    server.fail(
        Fault.drop().afterActing().onRequest(SLICES).to("PUT", "/uploadSession/"),
        Fault.drop().afterActing().to("PUT", "/content$"),
        Fault.status(503).onRequest(2).always().to("GET", "/f$"));
    Path file = file("f", size);

    assertThatThrownBy(() -> withoutRetries().upload(file, at("f"), SMALL_SLICES))
        .isInstanceOf(OutcomeUnknown.class);
    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(size));
  }

  @ParameterizedTest
  @CsvSource({"429, 10", "429, 4259841", "503, 10", "503, 4259841"})
  void permanentThrottlingEndsAfterTheUsualAttempts(int status, int size) throws Exception {
    server.fail(
        Fault.status(status)
            .header("Retry-After", "3")
            .always()
            .to("PUT", "/(uploadSession/|content$)"));
    Path file = file("f", size);

    assertThatThrownBy(() -> drive.upload(file, at("f"), SMALL_SLICES))
        .isInstanceOf(status == 429 ? GraphThrottled.class : GraphUnavailable.class);
    assertThat(graph.requests("PUT", "/(uploadSession/|content$)")).hasSize(6);
    assertThat(time.waits()).hasSize(5).containsOnly(Duration.ofSeconds(3));
  }

  @Test
  void throttledUploadThatMayBeRenamedIsNotAnUnknownOutcome() throws Exception {
    remote.addFile(folder + "f", "taken");
    server.fail(Fault.status(429).header("Retry-After", "3").to("PUT", "/content$"));

    drive.upload(
        file("f", 10), at("f"), UploadOptions.defaults().conflict(ConflictBehavior.RENAME));

    assertThat(remote.names(folder)).hasSize(2);
  }

  @Test
  void throttlingIsObeyed() throws Exception {
    server.fail(Fault.status(429).header("Retry-After", "7").to("PUT", "/uploadSession/"));

    drive.upload(file("f", SIZE), at("f"), SMALL_SLICES);

    assertThat(time.waits()).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void throttlingBeyondTheDeadlineIsReportedAtOnce() throws Exception {
    server.fail(
        Fault.status(429).header("Retry-After", "315").onRequest(3).to("PUT", "/uploadSession/"));

    GraphThrottled busy =
        catchThrowableOfType(
            GraphThrottled.class, () -> drive.upload(file("f", SIZE), at("f"), SMALL_SLICES));

    assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(315));
    assertThat(time.waits()).isEmpty();
    assertThat(slices()).hasSize(3);
  }

  @Test
  void exactlyOneByteLeftIsSent() throws Exception {
    drive.upload(file("f", SIZE), at("f"), SMALL_SLICES);

    assertThat(slices()).hasSize(SLICES);
    String last = "bytes " + (SIZE - 1) + "-" + (SIZE - 1) + "/" + SIZE;
    assertThat(slices().get(SLICES - 1).header("Content-Range")).hasValue(last);
  }

  @Test
  void responseWithoutProgressLeadsToAStatusRequest() throws Exception {
    server.fail(
        Fault.rewrite(body -> body.replaceAll("\"\\d+-\"", "\"0-\""))
            .onRequest(3)
            .to("PUT", "/uploadSession/"));

    drive.upload(file("f", SIZE), at("f"), SMALL_SLICES);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
    assertThat(graph.requests("GET", "/uploadSession/")).hasSize(1);
    assertThat(slices()).hasSize(SLICES);
  }

  @Test
  void permanentlyRefusedRangeEnds() throws Exception {
    server.fail(Fault.status(416).always().to("PUT", "/uploadSession/"));

    assertThatThrownBy(() -> drive.upload(file("f", SIZE), at("f"), SMALL_SLICES))
        .isInstanceOfSatisfying(RequestRefused.class, e -> assertThat(e.status()).isEqualTo(416));
    assertThat(slices()).hasSize(6);
    assertThat(time.waits()).as("from the second on").hasSize(4);
    assertThat(graph.uploadSessions()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"10, REPLACE", "10, FAIL", "4259841, REPLACE", "4259841, FAIL"})
  void invalidLastResponseCountsAsLost(int size, ConflictBehavior conflict) throws Exception {
    Fault nonsense = Fault.html().afterActing();
    server.fail(
        nonsense.onRequest(SLICES).to("PUT", "/uploadSession/"), nonsense.to("PUT", "/content$"));

    DriveItem item = drive.upload(file("f", size), at("f"), SMALL_SLICES.conflict(conflict));

    assertThat(item.eTag()).isEqualTo(drive.item(at("f")).eTag());
    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(size));
  }

  @Test
  void invalidResponseToASliceLeadsToAStatusRequest() throws Exception {
    server.fail(Fault.html().afterActing().onRequest(3).to("PUT", "/uploadSession/"));

    drive.upload(file("f", SIZE), at("f"), SMALL_SLICES);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
    assertThat(slices()).hasSize(SLICES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"x\"]", "[\"99999999999-\"]", "7", "[\"-5\"]"})
  void invalidRangesAreMalformed(String ranges) throws Exception {
    Fault nonsense = Fault.rewrite(body -> body.replaceAll("\\[\"\\d+-\"\\]", ranges));
    server.fail(
        nonsense.onRequest(2).to("PUT", "/uploadSession/"), nonsense.to("GET", "/uploadSession/"));

    assertThatThrownBy(() -> drive.upload(file("f", SIZE), at("f"), SMALL_SLICES))
        .isInstanceOf(MalformedAnswer.class);
  }

  @Test
  void forgottenSessionIsReplaced() throws Exception {
    server.fail(
        Fault.meanwhile(graph::forgetUploadSessions).onRequest(5).to("PUT", "/uploadSession/"));

    drive.upload(file("f", SIZE), at("f"), SMALL_SLICES);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
    assertThat(graph.requests("POST", "createUploadSession")).hasSize(2);
  }

  @Test
  void sessionForgottenAtTheLastSliceIsReplaced() throws Exception {
    server.fail(
        Fault.meanwhile(graph::forgetUploadSessions)
            .onRequest(SLICES)
            .to("PUT", "/uploadSession/"));

    drive.upload(file("f", SIZE), at("f"), SMALL_SLICES);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
    assertThat(graph.requests("POST", "createUploadSession")).hasSize(2);
  }

  @Test
  void sessionsThatAreForgottenRepeatedlyEnd() throws Exception {
    server.fail(Fault.meanwhile(graph::forgetUploadSessions).always().to("PUT", "/uploadSession/"));

    assertThatThrownBy(() -> drive.upload(file("f", SIZE), at("f"), SMALL_SLICES))
        .isInstanceOf(NotFound.class);
    assertThat(graph.requests("POST", "createUploadSession")).hasSize(4);
  }

  /** How a dead session answers. */
  enum Death {
    UNAUTHORIZED(Fault.status(401)),
    FORBIDDEN(Fault.status(403)),
    NOT_FOUND(Fault.status(404)),
    GONE(Fault.status(410)),
    BAD_REQUEST(
        Fault.status(400)
            .body(
                "{\"error\":{\"code\":\"invalidRequest\",\"message\":\"Bad\","
                    + "\"innererror\":{\"code\":\"uploadSessionNotFound\"}}}")),
    BAD_REQUEST_WITHOUT_A_CODE(
        Fault.status(400)
            .body(
                "{\"error\":{\"code\":\"invalidRequest\","
                    + "\"message\":\"The upload session was not found\"}}"));

    @SuppressWarnings("ImmutableEnumChecker") // it is, but says so only in its Javadoc
    final Fault fault;

    Death(Fault fault) {
      this.fault = fault;
    }
  }

  @ParameterizedTest
  @EnumSource
  void sessionThatDiesIsReplaced(Death death) throws Exception {
    server.fail(death.fault.onRequest(5).to("PUT", "/uploadSession/"));

    drive.upload(file("f", SIZE), at("f"), SMALL_SLICES);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
    assertThat(graph.requests("POST", "createUploadSession")).hasSize(2);
    assertThat(time.waits()).as("before the new session").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void sessionOfACheckpointThatDiedIsReplaced(Death death) throws Exception {
    Path file = file("f", SIZE);
    Path checkpoint = directory.resolve("checkpoint");
    UploadOptions kept = SMALL_SLICES.checkpoint(checkpoint);
    assertThatThrownBy(
            () -> drive.upload(file, at("f"), kept.progress(KilledTransfer.at(3L * UNIT))))
        .isInstanceOf(KilledTransfer.class);
    server.fail(death.fault.to("GET", "/uploadSession/"));

    drive.upload(file, at("f"), kept);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void sessionsThatAreAllForbiddenEndAndDropTheCheckpoint() throws Exception {
    Path checkpoint = directory.resolve("checkpoint");
    server.fail(Fault.status(403).always().to("PUT", "/uploadSession/"));

    assertThatThrownBy(
            () -> drive.upload(file("f", SIZE), at("f"), SMALL_SLICES.checkpoint(checkpoint)))
        .isInstanceOf(Forbidden.class);
    assertThat(graph.requests("POST", "createUploadSession")).hasSize(2);
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void newSessionsDoNotFollowEachOtherAtOnce() throws Exception {
    server.fail(Fault.status(404).always().to("PUT", "/uploadSession/"));

    assertThatThrownBy(() -> drive.upload(file("f", SIZE), at("f"), SMALL_SLICES))
        .isInstanceOf(NotFound.class);
    assertThat(graph.requests("POST", "createUploadSession")).hasSize(4);
    assertThat(time.waits()).hasSize(3).allMatch(wait -> wait.toMillis() >= 500);
  }

  @Test
  void sessionThatIsInTheWayIsEnded() throws Exception {
    Path file = file("f", SIZE);
    UploadOptions kept = SMALL_SLICES.checkpoint(directory.resolve("checkpoint"));
    assertThatThrownBy(
            () -> drive.upload(file, at("f"), kept.progress(KilledTransfer.at(3L * UNIT))))
        .isInstanceOf(KilledTransfer.class);
    Files.write(file, bytes(SIZE + 1));
    server.fail(
        Fault.status(409)
            .body("{\"error\":{\"code\":\"nameAlreadyExists\",\"message\":\"Being uploaded\"}}")
            .to("POST", "createUploadSession"));

    drive.upload(file, at("f"), kept);

    assertThat(graph.requests("DELETE", "/uploadSession/")).hasSize(1);
    assertThat(graph.uploadSessions()).isZero();
    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE + 1));
  }

  @Test
  void nameThatIsTakenWithoutAnOldSessionIsAConflict() throws Exception {
    server.fail(Fault.status(409).to("POST", "createUploadSession"));

    assertThatThrownBy(() -> drive.upload(file("f", SIZE), at("f"), SMALL_SLICES))
        .isInstanceOf(Conflict.class);
    assertThat(graph.requests("POST", "createUploadSession")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, SIZE})
  void fileOfWhichGraphKeptNothingIsSentAgain(int size) throws Exception {
    server.fail(
        keepNothing("f").onRequest(SLICES).to("PUT", "/uploadSession/"),
        keepNothing("f").to("PUT", "/content$"));

    DriveItem item = drive.upload(file("f", size), at("f"), SMALL_SLICES);

    assertThat(item.size()).isEqualTo(size);
    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(size));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, SIZE})
  void fileOfWhichGraphNeverKeepsAnythingIsNotReportedAsUploaded(int size) throws Exception {
    server.fail(
        keepNothing("f").always().to("PUT", "/uploadSession/"),
        keepNothing("f").always().to("PUT", "/content$"));
    Path file = file("f", size);

    assertThatThrownBy(() -> drive.upload(file, at("f"), SMALL_SLICES))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("stored 0 bytes of " + size);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, SIZE})
  void fileThatMustNotBeReplacedIsNotSentAgainWhenGraphKeptNothing(int size) throws Exception {
    server.fail(
        keepNothing("f").always().to("PUT", "/uploadSession/"),
        keepNothing("f").always().to("PUT", "/content$"));
    Path file = file("f", size);
    UploadOptions fail = SMALL_SLICES.conflict(ConflictBehavior.FAIL);

    assertThatThrownBy(() -> drive.upload(file, at("f"), fail))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("stored 0 bytes of " + size);
    assertThat(graph.requests("PUT", "/content$").size()).isLessThan(2);
    assertThat(graph.requests("POST", "createUploadSession").size()).isLessThan(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, SIZE})
  void sizeThatGraphHasNotCountedYetLeadsToALook(int size) throws Exception {
    Fault uncounted = Fault.rewrite(body -> body.replaceAll("\"size\":\\d+", "\"size\":0"));
    server.fail(
        uncounted.onRequest(SLICES).to("PUT", "/uploadSession/"), uncounted.to("PUT", "/content$"));

    DriveItem item = drive.upload(file("f", size), at("f"), SMALL_SLICES);

    assertThat(item.size()).isEqualTo(size);
    assertThat(graph.requests("PUT", "/(uploadSession/|content$)"))
        .hasSize(size == SIZE ? SLICES : 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, SIZE})
  void fileWhoseHashAtGraphIsAnotherIsSentAgain(int size) throws Exception {
    ContentFingerprint other = new ContentFingerprint(null);
    Fault damaged =
        Fault.rewrite(
            body ->
                body.replace(
                    "\"file\":{",
                    "\"file\":{\"hashes\":{\"quickXorHash\":\"" + other.quickXorHash() + "\"},"));
    server.fail(
        damaged.onRequest(SLICES).to("PUT", "/uploadSession/"), damaged.to("PUT", "/content$"));

    drive.upload(file("f", size), at("f"), SMALL_SLICES);

    assertThat(graph.requests("PUT", "/(uploadSession/|content$)"))
        .hasSize(size == SIZE ? 2 * SLICES : 2);
  }

  @ParameterizedTest
  @CsvSource({"f.docx, 5000, true", "f.zip, 5000, false", "f.docx, -5000, false"})
  void onlyAnOfficeFileMayHaveGrown(String name, int more, boolean good) throws Exception {
    Path file = file("f", 100_000);
    server.fail(
        Fault.rewrite(body -> body.replace("\"size\":100000", "\"size\":" + (100_000 + more)))
            .always()
            .to("PUT", "/content$"),
        Fault.rewrite(body -> body.replace("\"size\":100000", "\"size\":" + (100_000 + more)))
            .always()
            .to("GET", name + "$"));

    if (good) {
      assertThat(drive.upload(file, at(name)).size()).isEqualTo(100_000 + more);
      assertThat(graph.requests("PUT", "/content$")).hasSize(1);
    } else {
      assertThatThrownBy(() -> drive.upload(file, at(name))).isInstanceOf(MalformedAnswer.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"10, REPLACE", "10, RENAME", "4259841, REPLACE", "4259841, RENAME"})
  void emptyLastResponseWithALocationIsDoneAfterALook(int size, ConflictBehavior conflict)
      throws Exception {
    String stored = conflict == ConflictBehavior.RENAME ? "f 1" : "f";
    if (conflict == ConflictBehavior.RENAME) {
      remote.addFile(folder + "f", "taken");
    }
    // Graph's own links hold blanks, too.
    String location = graph.url() + "/me/drive/root:/" + folder + stored;
    Fault empty = Fault.empty().header("Location", location).afterActing();
    server.fail(empty.onRequest(SLICES).to("PUT", "/uploadSession/"), empty.to("PUT", "/content$"));

    DriveItem item = drive.upload(file("f", size), at("f"), SMALL_SLICES.conflict(conflict));

    assertThat(item.name()).isEqualTo(stored);
    assertThat(remote.fileContent(folder + stored)).isEqualTo(bytes(size));
    assertThat(time.waits()).isEmpty();
    assertThat(graph.requests("PUT", "/(uploadSession/|content$)"))
        .hasSize(size == SIZE ? SLICES : 1);
  }

  @Test
  void sessionThatTakesAByteOfEachSliceIsGivenUp() throws Exception {
    for (int i = 1; i <= 20; i++) {
      String ranges = "{\"nextExpectedRanges\":[\"" + i + "-\"]}";
      server.fail(
          Fault.status(202).body(ranges).to("PUT", "/uploadSession/"),
          Fault.status(200).body(ranges).to("GET", "/uploadSession/"));
    }

    assertThatThrownBy(() -> drive.upload(file("f", SIZE), at("f"), SMALL_SLICES))
        .isInstanceOf(GraphUnavailable.class);
    assertThat(slices()).hasSize(6);
  }

  @Test
  void uploadUrlWithCharactersThatNoUriMayHoldIsUsed() throws Exception {
    server.fail(
        Fault.rewrite(body -> body.replace("?tempauth=", "?a={b c}|^&tempauth="))
            .to("POST", "createUploadSession"));

    drive.upload(file("f", SIZE), at("f"), SMALL_SLICES);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
  }

  /** Stores an empty file, says so and answers 201. */
  private Fault keepNothing(String name) {
    return Fault.rewrite(
        body -> {
          if (!body.contains("\"size\"")) {
            return body;
          }
          remote.addFile(folder + name, "");
          return body.replaceAll("\"size\":\\d+", "\"size\":0");
        });
  }

  @Test
  void fullDriveIsReportedAndTheSessionDeleted() throws Exception {
    remote.quota(3 * UNIT);

    assertThatThrownBy(() -> drive.upload(file("f", SIZE), at("f"), SMALL_SLICES))
        .isInstanceOf(QuotaExceeded.class);
    assertThat(graph.uploadSessions()).isZero();
  }

  @Test
  void uploadWithALostLastResponseIsNotStoredTwice() throws Exception {
    remote.addFile(folder + "f", bytes(SIZE)); // the same size and bytes, but an older version
    server.fail(Fault.drop().afterActing().onRequest(SLICES).to("PUT", "/uploadSession/"));

    DriveItem item = drive.upload(file("f", SIZE), at("f"), SMALL_SLICES);

    assertThat(item.eTag()).isEqualTo(drive.item(at("f")).eTag());
    assertThat(slices()).hasSize(SLICES);
    assertThat(graph.requests("POST", "createUploadSession")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"10, false", "10, true", "4259841, false", "4259841, true"})
  void uploadRefusedBecauseOfItsOwnFirstAttemptSucceeds(int size, boolean replacing)
      throws Exception {
    UploadOptions options = SMALL_SLICES.conflict(ConflictBehavior.FAIL);
    if (replacing) {
      remote.addFile(folder + "f", "before");
      options = SMALL_SLICES.ifMatch(String.valueOf(drive.item(at("f")).eTag()));
    }
    // The connection breaks, and the request is carried out when the next one arrives.
    String path = size == SIZE ? "/uploadSession/" : "/content$";
    int last = size == SIZE ? SLICES : 1;
    server.fail(
        Fault.drop().onRequest(last).to("PUT", path),
        Fault.meanwhile(() -> remote.addFile(folder + "f", bytes(size)))
            .onRequest(last + 1)
            .to("PUT", path));

    DriveItem item = drive.upload(file("f", size), at("f"), options);

    assertThat(item.eTag()).isEqualTo(drive.item(at("f")).eTag());
    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(size));
  }

  @ParameterizedTest
  @EnumSource
  void uploadWhoseLookFailsIsNotSentAgain(ConflictBehavior conflict) throws Exception {
    UploadOptions options = UploadOptions.defaults().conflict(conflict);
    boolean replacing = conflict == ConflictBehavior.REPLACE;
    if (conflict != ConflictBehavior.FAIL) {
      remote.addFile(folder + "f", "before");
    }
    if (replacing) {
      options = options.ifMatch(String.valueOf(drive.item(at("f")).eTag()));
    }
    UploadOptions once = options;
    server.fail(
        Fault.rewrite(body -> body.replaceAll("\"size\":\\d+", "\"size\":0"))
            .to("PUT", "/content$"),
        Fault.status(503).onRequest(2).times(6).to("GET", "/f$"));
    Path file = file("f", 10);

    if (conflict == ConflictBehavior.RENAME) {
      assertThatThrownBy(() -> drive.upload(file, at("f"), once))
          .isInstanceOf(OutcomeUnknown.class);
    } else {
      DriveItem item = drive.upload(file, at("f"), once);
      assertThat(item.eTag()).isEqualTo(drive.item(at("f")).eTag());
      assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(10));
    }
    assertThat(graph.requests("PUT", "/content$")).hasSize(1);
  }

  @Test
  void renamedUploadWithALostLastResponseIsUnknown() throws Exception {
    remote.addFile(folder + "f", "taken");
    server.fail(Fault.drop().afterActing().onRequest(SLICES).to("PUT", "/uploadSession/"));
    UploadOptions rename = SMALL_SLICES.conflict(ConflictBehavior.RENAME);

    assertThatThrownBy(() -> drive.upload(file("f", SIZE), at("f"), rename))
        .isInstanceOf(OutcomeUnknown.class);
    assertThat(remote.names(folder)).hasSize(2);
  }

  @Test
  void insecureUploadUrlIsRejected() throws Exception {
    server.fail(
        Fault.rewrite(
                body ->
                    body.replaceAll("\"uploadUrl\":\"[^\"]*", "\"uploadUrl\":\"http://a.example/x"))
            .to("POST", "createUploadSession"));

    var failure =
        catchThrowableOfType(
            MalformedAnswer.class, () -> drive.upload(file("f", SIZE), at("f"), SMALL_SLICES));

    assertThat(failure).hasMessageContaining("upload URL").hasMessageNotContaining("a.example");
    assertThat(server.requests(Endpoint.UPLOAD)).isEmpty();
  }

  private List<RecordedRequest> slices() {
    return graph.requests("PUT", "/uploadSession/");
  }
}
