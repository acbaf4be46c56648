package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonObject;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.fixture.CountingTokens;
import dev.latchkey.graph.fixture.LostResponse;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.fixture.ResettingServer;
import dev.latchkey.graph.fixture.ScriptedGraph;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.mail.MessageChange;
import dev.latchkey.graph.mail.NewMessage;
import dev.latchkey.graph.planner.TaskChange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An operation that must not happen twice is requested once, whatever happens to the response. */
class WritesAreSentOnceTest {

  /** Every operation that writes. */
  enum Write {
    SEND_MAIL,
    SEND_DRAFT,
    REPLY,
    CREATE_REPLY,
    CREATE_DRAFT,
    MOVE,
    UPDATE_MAIL,
    TEAMS_POST,
    TEAMS_REPLY,
    CREATE_FOLDER,
    RENAME_ITEM,
    MOVE_ITEM,
    RAW_POST,
    RAW_PATCH;

    boolean returnsNothing() {
      return this == SEND_MAIL || this == SEND_DRAFT || this == REPLY;
    }

    void on(GraphClient graph) {
      ItemBody text = ItemBody.text("Hello");
      NewMessage mail = NewMessage.of("Q3", text).to("ann@example.com");
      switch (this) {
        case SEND_MAIL -> graph.mail().sendMail(mail, true);
        case SEND_DRAFT -> graph.mail().send("d1");
        case REPLY -> graph.mail().reply("m1", "Yes.");
        case CREATE_REPLY -> graph.mail().createReply("m1", "Yes.");
        case CREATE_DRAFT -> graph.mail().createDraft(mail);
        case MOVE -> graph.mail().move("m1", "archive");
        case UPDATE_MAIL -> graph.mail().update("m1", MessageChange.read(true));
        case TEAMS_POST -> graph.teams().post("t1", "c1", text);
        case TEAMS_REPLY -> graph.teams().reply("t1", "c1", "m1", text);
        case CREATE_FOLDER -> graph.drives().mine().createFolder(ItemRef.root(), "New");
        case RENAME_ITEM -> graph.drives().mine().rename(ItemRef.id("i1"), "New");
        case MOVE_ITEM -> graph.drives().mine().move(ItemRef.id("i1"), ItemRef.id("f1"), null);
        case RAW_POST -> graph.post("/me/events", new JsonObject(), Map.of());
        case RAW_PATCH -> graph.patch("/me/events/1", new JsonObject(), Map.of());
      }
    }
  }

  private final QuickTime time = new QuickTime();
  private ScriptedGraph server;

  @BeforeAll
  static void warmUp() throws IOException {
    GraphClients.warmUp();
  }

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedGraph();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("writesAndLosses")
  void lostResponseToAWriteIsAnUnknownOutcomeAfterOneRequest(Write write, LostResponse loss) {
    loss.apply(server);
    GraphClient graph = GraphClients.client(server, time, loss.idleTimeout());

    assertThatThrownBy(() -> write.on(graph)).isInstanceOf(OutcomeUnknown.class);

    assertThat(server.asked()).hasSize(1);
    assertThat(time.waits()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void writeWhoseConnectionIsResetIsAnUnknownOutcomeAfterOneRequest(Write write) throws Exception {
    try (ResettingServer resetting = new ResettingServer()) {
      GraphClient graph =
          GraphClient.builder(new CountingTokens("Mail.ReadWrite"))
              .baseUrl(resetting.url())
              .time(time)
              .build();

      assertThatThrownBy(() -> write.on(graph)).isInstanceOf(OutcomeUnknown.class);

      assertThat(resetting.requests()).isEqualTo(1);
      assertThat(time.waits()).isEmpty();
    }
  }

  static Stream<Arguments> writesAndLosses() {
    return Stream.of(Write.values())
        .flatMap(write -> Stream.of(LostResponse.values()).map(loss -> arguments(write, loss)));
  }

  @ParameterizedTest
  @EnumSource
  void lostResponseToAChangeOfATaskIsAnUnknownOutcomeAfterOneRequest(LostResponse loss) {
    server.answer(200, "{\"id\":\"k1\",\"@odata.etag\":\"W/1\"}");
    loss.apply(server);
    GraphClient graph = GraphClients.client(server, time, loss.idleTimeout());

    assertThatThrownBy(() -> graph.planner().update("k1", task -> TaskChange.none().title("Other")))
        .isInstanceOf(OutcomeUnknown.class);

    assertThat(server.asked())
        .extracting(ScriptedGraph.Asked::method)
        .containsExactly("GET", "PATCH");
  }

  @ParameterizedTest
  @EnumSource
  void throttledWriteIsSentAgainAtGraphsPace(Write write) {
    server.answer(429, "", "Retry-After", "7");
    if (write.returnsNothing()) {
      server.answer(202, "");
    } else {
      server.answer(201, "{\"id\":\"x1\"}");
    }

    write.on(GraphClients.client(server, time));

    assertThat(server.asked()).hasSize(2);
    assertThat(time.waits()).isEqualTo(List.of(Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @EnumSource
  void throttlingBeyondTheDeadlineIsNotWaitedFor(Write write) {
    server.answer(429, "", "Retry-After", "315");

    assertThatThrownBy(() -> write.on(GraphClients.client(server, time)))
        .isInstanceOfSatisfying(
            GraphThrottled.class,
            busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(315)));

    assertThat(server.asked()).hasSize(1);
  }
}
