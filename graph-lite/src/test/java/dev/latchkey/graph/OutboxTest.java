package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonObject;
import dev.latchkey.Account;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.fixture.CountingTokens;
import dev.latchkey.graph.fixture.MailboxServer;
import dev.latchkey.graph.fixture.MailboxServer.Cut;
import dev.latchkey.graph.fixture.MortalProcess;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.fixture.ScriptedGraph;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.mail.NewMessage;
import dev.latchkey.graph.mail.SendJournal;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message is sent once, wherever the connection breaks or the process ends. */
class OutboxTest {

  // Hundreds of simulated processes run here; each creates anew what it does not share.
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String KEY = "invoice-42";
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration IN_TRANSIT = Duration.ofSeconds(90);

  @TempDir private Path directory;

  private final QuickTime time = new QuickTime();

  @Test
  void messageIsSearchedDraftedAndSent() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      String id = outbox(mailbox, new MortalProcess()).send(KEY, mail("Q3"));

      assertThat(mailbox.delivered()).containsExactly("Q3");
      assertThat(mailbox.asked()).containsExactly("GET ", "POST ", "POST /" + id + "/send");
      assertThat(time.waits()).isEmpty();
    }
  }

  @Test
  void mailThatAGatewayTookInGraphsPlaceIsSentAfterALook() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      mailbox.hideSendingBehindAGateway();

      outbox(mailbox, new MortalProcess()).send(KEY, mail("Q3"));

      assertThat(mailbox.delivered()).containsExactly("Q3");
    }
  }

  @Test
  void sentMessageNeedsNoRequest() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      String id = outbox(mailbox, new MortalProcess()).send(KEY, mail("Q3"));

      assertThat(outbox(mailbox, new MortalProcess()).send(KEY, mail("Q3"))).isEqualTo(id);
      assertThat(mailbox.asked()).hasSize(3);
    }
  }

  @Test
  void eachKeyIsAMessageOfItsOwn() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      Outbox outbox = outbox(mailbox, new MortalProcess());

      outbox.send("a", mail("first"));
      outbox.send("b", mail("second"));

      assertThat(mailbox.delivered()).containsExactly("first", "second");
    }
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void lostRequestOrResponseIsRecoveredInTheSameCall(Cut cut, Duration transit) throws IOException {
    int cutOff = 0;
    for (boolean cutCame = true; cutCame; ) {
      cutOff++;
      String key = KEY + cutOff;
      try (MailboxServer mailbox = new MailboxServer(time, transit)) {
        mailbox.cut(cutOff, cut, () -> {});

        outbox(mailbox, new MortalProcess()).send(key, mail("Q3"));

        cutCame = !mailbox.cutIsToCome();
        assertThat(mailbox.delivered()).as("request %d %s", cutOff, cut).containsExactly("Q3");
      }
    }
    assertThat(cutOff).isGreaterThan(3);
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void processKilledAtAnyRequestSendsOnceWhenItIsRunAgain(Cut cut, Duration transit)
      throws IOException {
    int cutOff = 0;
    for (boolean cutCame = true; cutCame; ) {
      cutOff++;
      for (int again = 1; again <= 6; again++) {
        String key = KEY + cutOff + "-" + again;
        try (MailboxServer mailbox = new MailboxServer(time, transit)) {
          MortalProcess first = new MortalProcess();
          mailbox.cut(cutOff, cut, first::end);
          live(mailbox, first, key);
          cutCame = !mailbox.cutIsToCome();
          MortalProcess second = new MortalProcess();
          mailbox.cut(again, cut, second::end);
          live(mailbox, second, key);
          mailbox.cut(Integer.MAX_VALUE / 2, cut, () -> {});

          outbox(mailbox, new MortalProcess()).send(key, mail("Q3"));

          assertThat(mailbox.delivered())
              .as("killed at request %d, then at %d, %s", cutOff, again, cut)
              .containsExactly("Q3");
        }
      }
    }
    assertThat(cutOff).isGreaterThan(3);
  }

  static Stream<Arguments> cuts() {
    return Stream.of(Cut.values())
        .flatMap(cut -> Stream.of(arguments(cut, AT_ONCE), arguments(cut, IN_TRANSIT)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void processKilledAtAnyEntryOfTheJournalSendsOnceWhenItIsRunAgain(boolean before)
      throws IOException {
    for (int entry = 1; entry <= 3; entry++) {
      String key = KEY + entry;
      try (MailboxServer mailbox = new MailboxServer(time, IN_TRANSIT)) {
        MortalProcess first = new MortalProcess();
        first.endAtEntry(entry, before);
        live(mailbox, first, key);
        assertThat(first.journalEntries()).isEqualTo(entry);

        outbox(mailbox, new MortalProcess()).send(key, mail("Q3"));

        assertThat(mailbox.delivered()).as("entry %d", entry).containsExactly("Q3");
        assertThat(mailbox.drafts()).as("drafts that are left over").isZero();
      }
    }
  }

  @Test
  void draftIsNotSentAgainBeforeTheLostRequestMustHaveArrived() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      mailbox.cut(3, Cut.BEFORE, () -> {});

      outbox(mailbox, new MortalProcess()).send(KEY, mail("Q3"));

      assertThat(mailbox.delivered()).containsExactly("Q3");
      assertThat(time.waits().stream().reduce(Duration.ZERO, Duration::plus))
          .isEqualTo(Duration.ofMinutes(2));
    }
  }

  @Test
  void lateLookDoesNotCountAsALookAfterTheSettlingTime() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      // The request is carried out a minute late: after a look whose response comes last.
      mailbox.cut(3, Cut.LATE, () -> {});
      mailbox.beforeAnswerToLook(2, () -> time.after(Duration.ofMinutes(3)).join());

      outbox(mailbox, new MortalProcess()).send(KEY, mail("Q3"));

      assertThat(mailbox.delivered()).containsExactly("Q3");
    }
  }

  @Test
  void newDraftIsCheckedOnceAnotherProcessHasTriedToSendIt() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      SendJournal files = SendJournal.in(directory);
      SendJournal busy =
          new SendJournal() {
            private boolean drafted;

            @Override
            public @Nullable String read(String key) {
              if (drafted) {
                drafted = false;
                MortalProcess other = new MortalProcess();
                mailbox.cut(2, Cut.AFTER, other::end);
                live(mailbox, other, key);
              }
              return files.read(key);
            }

            @Override
            public boolean replace(String key, @Nullable String expected, String entry) {
              drafted = expected == null;
              return files.replace(key, expected, entry);
            }
          };

      outbox(mailbox, new MortalProcess(), time, busy).send(KEY, mail("Q3"));

      assertThat(mailbox.delivered()).containsExactly("Q3");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void throttledSenderDoesNotSendWhatAnotherHasSent(int status) throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      mailbox.refuseSending(status);
      Time busy =
          new BusyTime(
              time, () -> outbox(mailbox, new MortalProcess(), time).send(KEY, mail("Q3")));

      outbox(mailbox, new MortalProcess(), busy).send(KEY, mail("Q3"));

      assertThat(mailbox.delivered()).containsExactly("Q3");
      assertThat(time.waits())
          .as("of the one, and none of the other")
          .containsExactly(Duration.ofSeconds(100));
    }
  }

  @Test
  void senderThatReplacesItsTokenDoesNotSendWhatAnotherHasSent() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      mailbox.refuseSending(401);
      CountingTokens tokens = new CountingTokens();
      tokens.onReplace(() -> outbox(mailbox, new MortalProcess(), time).send(KEY, mail("Q3")));

      outbox(mailbox, tokens, time, SendJournal.in(directory)).send(KEY, mail("Q3"));

      assertThat(mailbox.delivered()).containsExactly("Q3");
    }
  }

  @Test
  void throttledSendIsRetriedAtGraphsPace() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      mailbox.refuseSending(429);

      outbox(mailbox, new MortalProcess()).send(KEY, mail("Q3"));

      assertThat(mailbox.delivered()).containsExactly("Q3");
      assertThat(time.waits()).containsExactly(Duration.ofSeconds(100));
      assertThat(mailbox.asked()).hasSize(4);
    }
  }

  /** The client chooses this pause itself; the caller's deadline ends it nevertheless. */
  @Test
  void throttlingWithoutATimeEndsAtTheDeadline() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      mailbox.refuseEverySending(429);
      Outbox outbox =
          GraphClient.builder(new MortalProcess().tokens())
              .baseUrl(mailbox.url())
              .httpClient(HTTP)
              .time(time)
              .deadline(Duration.ofSeconds(5))
              .build()
              .mail()
              .outbox(SendJournal.in(directory));

      assertThatThrownBy(() -> outbox.send(KEY, mail("Q3"))).isInstanceOf(GraphThrottled.class);

      assertThat(time.waits().stream().reduce(Duration.ZERO, Duration::plus))
          .isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
      assertThat(mailbox.delivered()).isEmpty();
    }
  }

  @Test
  void draftsThatGraphNeverFindsAreNotCreatedForever() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      mailbox.findNoDraft();

      assertThatThrownBy(() -> outbox(mailbox, new MortalProcess()).send(KEY, mail("Q3")))
          .isInstanceOf(NotFound.class);

      assertThat(mailbox.drafts()).isEqualTo(3);
      assertThat(time.waits()).hasSize(3);
    }
  }

  @Test
  void twoLostResponsesAreAnUnknownOutcomeAndTheNextCallContinues() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      mailbox.loseSending();

      assertThatThrownBy(() -> outbox(mailbox, new MortalProcess()).send(KEY, mail("Q3")))
          .isInstanceOf(OutcomeUnknown.class);

      assertThat(mailbox.asked().stream().filter(asked -> asked.endsWith("/send"))).hasSize(2);
      assertThat(mailbox.drafts()).isEqualTo(1);
    }
  }

  @Test
  void threadsThatRaceForOneMailSendItOnce() throws Exception {
    Time shortWaits = new ShortWaits();
    try (MailboxServer mailbox = new MailboxServer(shortWaits, AT_ONCE)) {
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<Callable<String>> racers =
          Collections.nCopies(
              8, () -> outbox(mailbox, new MortalProcess(), shortWaits).send(KEY, mail("Q3")));

      List<Future<String>> ids = threads.invokeAll(racers);

      threads.shutdown();
      String id = ids.get(0).get();
      for (Future<String> each : ids) {
        assertThat(each.get()).isEqualTo(id);
      }
      assertThat(mailbox.delivered()).containsExactly("Q3");
      assertThat(mailbox.drafts()).as("drafts of those who came second").isZero();
    }
  }

  @Test
  void draftThatAnotherProcessRecordedFirstIsNotDeleted() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      SendJournal files = SendJournal.in(directory);
      SendJournal overtaken =
          new SendJournal() {
            @Override
            public @Nullable String read(String key) {
              return files.read(key);
            }

            @Override
            public boolean replace(String key, @Nullable String expected, String entry) {
              boolean replaced = files.replace(key, expected, entry);
              return expected != null && replaced;
            }
          };

      String id = outbox(mailbox, new MortalProcess(), time, overtaken).send(KEY, mail("Q3"));

      assertThat(mailbox.asked()).contains("POST /" + id + "/send").noneMatch(OutboxTest::isDelete);
      assertThat(mailbox.delivered()).containsExactly("Q3");
    }
  }

  @Test
  void draftThatIsNotTheRecordedOneIsDeleted() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      SendJournal files = SendJournal.in(directory);
      outbox(mailbox, new MortalProcess(), time, files).send("other", mail("Other"));
      String noted = files.read("other");
      SendJournal overtaken =
          new SendJournal() {
            @Override
            public @Nullable String read(String key) {
              return files.read(key);
            }

            @Override
            public boolean replace(String key, @Nullable String expected, String entry) {
              return files.replace(key, null, String.valueOf(noted)) && expected != null;
            }
          };

      outbox(mailbox, new MortalProcess(), time, overtaken).send(KEY, mail("Q3"));

      assertThat(mailbox.asked()).filteredOn(OutboxTest::isDelete).hasSize(1);
      assertThat(mailbox.drafts()).isZero();
      assertThat(mailbox.delivered()).containsExactly("Other");
    }
  }

  @Test
  void draftFoundOnALaterPageIsNotCreatedAgain() throws IOException {
    try (ScriptedGraph server = new ScriptedGraph()) {
      GraphClient client = GraphClients.client(server, time);
      server.answer(200, "{\"value\":[]}").answer(201, "{\"id\":\"d1\"}").answer(202, "");
      client.mail().outbox(SendJournal.in(directory.resolve("a"))).send(KEY, mail("Q3"));
      JsonObject sent = Json.object(server.asked().get(1).body());
      sent.addProperty("id", "s1");
      sent.addProperty("isDraft", false);
      server
          .answer(
              200, "{\"value\":[],\"@odata.nextLink\":\"" + server.url() + "/me/messages?p=2\"}")
          .answer(200, "{\"value\":[" + sent + "]}");

      String id =
          client.mail().outbox(SendJournal.in(directory.resolve("b"))).send(KEY, mail("Q3"));

      assertThat(id).isEqualTo("s1");
      assertThat(server.asked()).hasSize(5);
    }
  }

  @Test
  void draftThatAPersonDeletedBeforeItWasSentIsCreatedAgain() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      MortalProcess first = new MortalProcess();
      first.endAtEntry(1, false);
      live(mailbox, first, KEY);
      mailbox.removeDrafts();

      outbox(mailbox, new MortalProcess()).send(KEY, mail("Q3"));

      assertThat(mailbox.delivered()).containsExactly("Q3");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void messageThatAnotherAccountBeganIsNeitherSentTwiceNorTakenForSent(int entry)
      throws IOException {
    Account other = new Account("other", "https://issuer.example", null, "o", "t", null, null);
    SendJournal journal = SendJournal.in(directory);
    try (MailboxServer mine = new MailboxServer(time, AT_ONCE);
        MailboxServer others = new MailboxServer(time, AT_ONCE)) {
      MortalProcess first = new MortalProcess();
      first.endAtEntry(entry, false);
      live(mine, first, KEY);
      Outbox othersOutbox = outbox(others, new CountingTokens().of(other), time, journal);

      assertThatThrownBy(() -> othersOutbox.send(KEY, mail("Q3")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another account")
          .hasCauseInstanceOf(IOException.class);
      assertThat(others.asked()).isEmpty();

      String id = outbox(mine, new MortalProcess()).send(KEY, mail("Q3"));
      assertThat(mine.delivered()).containsExactly("Q3");
      assertThat(othersOutbox.send(KEY, mail("Q3"))).isEqualTo(id);
      assertThat(others.delivered()).isEmpty();
    }
  }

  @Test
  void mailboxIsTheSameWhicheverClientTheAccountSignedInWith() throws IOException {
    Account before = new Account("before", "https://i.example", "s1", "o", "t", null, null);
    Account after = new Account("after", "https://i.example", "s2", "o", "t", null, null);
    SendJournal journal = SendJournal.in(directory);
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      mailbox.refuseEverySending(503);
      Outbox first = outbox(mailbox, new CountingTokens().of(before), time, journal);
      assertThatThrownBy(() -> first.send(KEY, mail("Q3"))).isInstanceOf(GraphException.class);
      mailbox.refuseEverySending(0);

      outbox(mailbox, new CountingTokens().of(after), time, journal).send(KEY, mail("Q3"));

      assertThat(mailbox.delivered()).containsExactly("Q3");
    }
  }

  @Test
  void damagedJournalSendsNothing() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      SendJournal journal = SendJournal.in(directory);
      journal.replace(KEY, null, "{\"draft\":\"d1\",\"attempted\":\"yesterday\"}");
      journal.replace("other", null, "{");

      for (String key : new String[] {KEY, "other"}) {
        assertThatThrownBy(() -> outbox(mailbox, new MortalProcess()).send(key, mail("Q3")))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("journal of sent mail is damaged");
      }

      assertThat(mailbox.asked()).isEmpty();
    }
  }

  @Test
  void invalidArgumentsAreRejected() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      Outbox outbox = outbox(mailbox, new MortalProcess());

      assertThatIllegalArgumentException().isThrownBy(() -> outbox.send("", mail("Q3")));
      assertThatIllegalArgumentException().isThrownBy(() -> outbox.settle(Duration.ofMillis(-1)));
    }
  }

  @Test
  void journalHasOneFilePerMessageWithoutKeysOrText() throws IOException {
    try (MailboxServer mailbox = new MailboxServer(time, AT_ONCE)) {
      outbox(mailbox, new MortalProcess()).send(KEY, mail("Q3"));
    }

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.matches("[0-9a-f]{64}\\.json|lock"))
          .hasSize(2);
    }
  }

  private static boolean isDelete(String asked) {
    return asked.startsWith("DELETE");
  }

  private void live(MailboxServer mailbox, MortalProcess life, String key) {
    try {
      outbox(mailbox, life).send(key, mail("Q3"));
    } catch (MortalProcess.Killed killed) {
      // As was to be.
    }
  }

  private Outbox outbox(MailboxServer mailbox, MortalProcess life) {
    return outbox(mailbox, life, time);
  }

  private Outbox outbox(MailboxServer mailbox, MortalProcess life, Time time) {
    return outbox(mailbox, life, time, SendJournal.in(directory));
  }

  private static Outbox outbox(
      MailboxServer mailbox, MortalProcess life, Time time, SendJournal journal) {
    return outbox(mailbox, life.tokens(), time, life.in(journal));
  }

  private static Outbox outbox(
      MailboxServer mailbox, TokenSource tokens, Time time, SendJournal journal) {
    return GraphClient.builder(tokens)
        .baseUrl(mailbox.url())
        .httpClient(HTTP)
        .time(time)
        .build()
        .mail()
        .outbox(journal);
  }

  private static NewMessage mail(String subject) {
    return NewMessage.of(subject, ItemBody.text("Text")).to("ann@example.com");
  }

  /** A clock that runs something during its first wait. */
  private static final class BusyTime implements Time {
    private final QuickTime time;
    private Runnable meanwhile;

    BusyTime(QuickTime time, Runnable meanwhile) {
      this.time = time;
      this.meanwhile = meanwhile;
    }

    @Override
    public long nanos() {
      return time.nanos();
    }

    @Override
    public long wallMillis() {
      return time.wallMillis();
    }

    @Override
    public CompletableFuture<Void> after(Duration delay) {
      Runnable now = meanwhile;
      meanwhile = () -> {};
      now.run();
      return time.after(delay);
    }
  }

  /** Ends waits early while the clocks keep real time. */
  private static final class ShortWaits implements Time {
    @Override
    public long nanos() {
      return Time.system().nanos();
    }

    @Override
    public long wallMillis() {
      return Time.system().wallMillis();
    }

    @Override
    public CompletableFuture<Void> after(Duration delay) {
      return Time.system().after(Duration.ofMillis(5));
    }
  }
}
