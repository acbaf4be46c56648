package dev.latchkey.internal.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.fixture.Body;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.oauth.OAuthErrors;
import dev.latchkey.internal.oauth.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Entra's numbers after which polling goes on, whatever {@code error} says. */
class PollWaitsTest {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final PollStep FIRST = PollStep.first(INTERVAL);
  private static final int PENDING = 70016;

  /** A row of the table: the number, and what it means for a caller. */
  record Row(int number, String meaning) {}

  private static List<Row> table() throws IOException {
    var resource =
        PollWaitsTest.class.getResourceAsStream("/dev/latchkey/internal/error/aadsts-classes.tsv");
    var stream = new InputStreamReader(Objects.requireNonNull(resource), UTF_8);
    try (BufferedReader lines = new BufferedReader(stream)) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(cells -> new Row(Integer.parseInt(cells[0]), cells[1]))
          .filter(row -> Set.of("WAIT", "SLOW", "LATER", "OUT").contains(row.meaning()))
          .toList();
    }
  }

  static Stream<Row> waiting() throws IOException {
    return table().stream();
  }

  @ParameterizedTest
  @MethodSource("waiting")
  void numberThatSaysNothingAboutTheCodeIsPolledAgain(Row row) {
    for (String error : List.of("invalid_grant", "invalid_request", "some_code_of_2040")) {
      PollStep.Next next = FIRST.answered(reply(error, row.number(), null), false);

      assertThat(next).isEqualTo(new PollStep.Wait(FIRST, INTERVAL));
    }
  }

  @ParameterizedTest
  @MethodSource("waiting")
  void itsRetryAfterIsObeyedOnce(Row row) {
    Duration asked = Duration.ofSeconds(42);

    PollStep.Next next = FIRST.answered(reply("invalid_grant", row.number(), asked), false);

    assertThat(next).isEqualTo(new PollStep.Wait(FIRST, asked));
  }

  @ParameterizedTest
  @MethodSource("waiting")
  void onlyAPendingAnswerProvesThatNoTokensWereIssued(Row row) {
    PollStep lost = new PollStep(INTERVAL, Duration.ofSeconds(10), null, true);

    PollStep.Next next = lost.answered(reply("invalid_grant", row.number(), null), false);

    boolean pending = row.number() == PENDING;
    PollStep after = new PollStep(INTERVAL, null, null, !pending);
    assertThat(next).isEqualTo(new PollStep.Wait(after, INTERVAL));
  }

  @Test
  void pendingIsPendingWithAnyNumber() {
    PollStep.Next next = FIRST.answered(reply("authorization_pending", 50057, null), false);

    assertThat(next).isEqualTo(new PollStep.Wait(FIRST, INTERVAL));
  }

  @Test
  void tableHasARowOfEachKind() throws IOException {
    assertThat(table()).extracting(Row::meaning).contains("WAIT", "SLOW", "LATER", "OUT");
    assertThat(table()).contains(new Row(PENDING, "WAIT"));
  }

  private static Reply reply(String error, int number, @Nullable Duration retryAfter) {
    Body body = new Body().with("error", error).with("error_codes", List.of(number));
    JsonObject json = Json.object(body.toString());
    return new Reply(400, json, null, OAuthErrors.read(400, json), retryAfter, null, 0, 0);
  }
}
