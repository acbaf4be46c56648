package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.graph.batch.BatchRequest;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.fixture.CountingTokens;
import dev.latchkey.graph.fixture.InterruptedCall;
import dev.latchkey.graph.fixture.MailboxServer;
import dev.latchkey.graph.fixture.MailboxServer.Cut;
import dev.latchkey.graph.fixture.PatientTime;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.fixture.ScriptedGraph;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.mail.NewMessage;
import dev.latchkey.graph.mail.SendJournal;
import dev.latchkey.graph.planner.TaskChange;
import dev.latchkey.store.FileLease;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt ends every wait, and no request follows it. */
class GraphClientInterruptTest {

  @TempDir private Path directory;

  private final PatientTime time = new PatientTime();
  private ScriptedGraph server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedGraph();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void interruptEndsTheWaitForAThrottledRequest() throws Exception {
    server.answer(429, "", "Retry-After", "60");

    assertThatInterruptEnds(() -> graph(server.url()).me());

    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void interruptEndsThePauseBeforeATaskIsReadAgain() throws Exception {
    server.answer(200, "{\"id\":\"k1\",\"@odata.etag\":\"W/1\"}").answer(412, "");

    assertThatInterruptEnds(
        () -> graph(server.url()).planner().update("k1", task -> TaskChange.none().title("New")));

    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void interruptEndsThePauseOfABatch() throws Exception {
    server.answer(
        200,
        "{\"responses\":[{\"id\":\"a\",\"status\":429,\"headers\":{\"Retry-After\":\"60\"}}]}");

    assertThatInterruptEnds(
        () -> graph(server.url()).batch().send(List.of(BatchRequest.get("a", "/me"))));

    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void interruptEndsTheWaitOfATransfer() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "hello");
    server.answer(503, "", "Retry-After", "60");

    assertThatInterruptEnds(
        () -> graph(server.url()).drives().mine().upload(file, ItemRef.path("f")));

    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void interruptEndsTheSettlingTime() throws Exception {
    NewMessage mail = NewMessage.of("Q3", ItemBody.text("Text")).to("ann@example.com");
    QuickTime later = new QuickTime();
    try (MailboxServer mailbox = new MailboxServer(later, Duration.ZERO)) {
      mailbox.cut(3, Cut.LATE, () -> {});
      SendJournal journal = SendJournal.in(directory.resolve("journal"));

      assertThatInterruptEnds(
          () -> graph(mailbox.url()).mail().outbox(journal).send("invoice-42", mail));

      GraphClient next =
          GraphClient.builder(new CountingTokens()).baseUrl(mailbox.url()).time(later).build();
      next.mail().outbox(journal).send("invoice-42", mail);
      assertThat(mailbox.delivered()).containsExactly("Q3");
    }
  }

  @Test
  void interruptEndsTheWaitForTheLockOfTheJournal() throws Exception {
    SendJournal files = SendJournal.in(directory);
    AtomicBoolean begun = new AtomicBoolean();
    SendJournal observed =
        new SendJournal() {
          @Override
          public @Nullable String read(String key) {
            return files.read(key);
          }

          @Override
          public boolean replace(String key, @Nullable String expected, String entry) {
            begun.set(true);
            return files.replace(key, expected, entry);
          }
        };
    NewMessage mail = NewMessage.of("Q3", ItemBody.text("Text")).to("ann@example.com");
    server.answer(200, "{\"value\":[]}").answer(201, "{\"id\":\"d1\"}");
    try (FileLease held = FileLease.acquire(directory.resolve("lock"), Duration.ofSeconds(10))) {
      Throwable thrown =
          InterruptedCall.during(
              () -> graph(server.url()).mail().outbox(observed).send("invoice-42", mail),
              begun::get);

      assertThat(thrown).isInstanceOf(CancellationException.class);
    }

    assertThat(files.read("invoice-42")).isNull();
    assertThat(server.asked()).hasSize(2);
  }

  private void assertThatInterruptEnds(Runnable call) throws Exception {
    Throwable thrown = InterruptedCall.during(call, time::isWaitedFor);

    assertThat(thrown).isInstanceOf(CancellationException.class);
    assertThat(time.isReleased()).isTrue();
  }

  private GraphClient graph(URI url) {
    return GraphClient.builder(new CountingTokens()).baseUrl(url).time(time).build();
  }
}
