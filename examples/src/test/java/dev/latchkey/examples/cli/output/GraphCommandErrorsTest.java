package dev.latchkey.examples.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.error.QuotaExceeded;
import dev.latchkey.graph.error.RequestRefused;
import dev.latchkey.graph.error.ResyncRequired;
import dev.latchkey.graph.error.TokenRejected;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GraphCommandErrorsTest {

  private static final GraphError SAID = new GraphError(400, "theCode", "m", "r", "c", null);

  private static final Map<Integer, List<GraphException>> BY_STATUS =
      Map.of(
          16,
          List.of(
              new GraphThrottled("m", Duration.ofSeconds(3), SAID, null),
              new GraphUnavailable("m", null, SAID, null)),
          19,
          List.of(
              new NotFound("m", SAID, null),
              new Conflict("m", SAID, null),
              new PreconditionFailed("m", SAID, null),
              new ResyncRequired("m", ResyncRequired.Kind.APPLY_DIFFERENCES, null, SAID, null),
              new Forbidden("m", List.of("Files.Read"), SAID, null),
              new TokenRejected("m", SAID, null),
              new RequestRefused("m", SAID, null),
              new QuotaExceeded("m", SAID, null),
              new OutcomeUnknown("m", SAID, null),
              new MalformedAnswer("m", SAID, null)));

  @Test
  void everyTypeOfTheFamilyHasItsExitStatus() {
    BY_STATUS.forEach(
        (status, exceptions) ->
            assertThat(exceptions)
                .allSatisfy(e -> assertThat(CommandError.of(e).status()).isEqualTo(status)));

    var seen =
        BY_STATUS.values().stream()
            .flatMap(List::stream)
            .map(Object::getClass)
            .collect(Collectors.toSet());
    assertThat(seen).containsExactlyInAnyOrder(GraphException.class.getPermittedSubclasses());
  }

  @Test
  void everyTypeHasARemedy() {
    BY_STATUS.values().stream()
        .flatMap(List::stream)
        .forEach(e -> assertThat(CommandError.of(e).remedy()).as("%s", e).isNotBlank());
  }

  @Test
  void busyGraphIsTheSameTypeAsABusyAuthorizationServer() {
    var event = CommandError.of(new GraphThrottled("m", Duration.ofSeconds(3), SAID, null)).event();

    assertThat(event.get("type").getAsString()).isEqualTo("Throttled");
    assertThat(event.get("retry_after").getAsInt()).isEqualTo(3);
    assertThat(event.get("error").getAsString()).isEqualTo("theCode");
  }

  @Test
  void missingScopesAreInTheRemedy() {
    assertThat(CommandError.of(new Forbidden("m", List.of("Files.Read"), SAID, null)).text())
        .contains("'latchkey sign-in --scope \"Files.Read\"' with the same options otherwise")
        .doesNotContain("--account");
  }
}
