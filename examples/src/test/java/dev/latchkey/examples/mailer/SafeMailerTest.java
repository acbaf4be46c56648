package dev.latchkey.examples.mailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.examples.fixture.SignedInGraph;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.mail.SendJournal;
import dev.latchkey.testkit.Fault;
import dev.latchkey.testkit.TestMail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeMailerTest {

  private static final List<PlannedMail> MAILS = List.of(mail("one"), mail("two"), mail("three"));

  @TempDir Path journal;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void whereverTheConnectionBreaksEachMailIsSentOnce(int request) {
    try (SignedInGraph there = new SignedInGraph()) {
      there.server.fail(Fault.drop().afterActing().onRequest(request).to("POST", "/messages.*"));

      List<String> sent = new ArrayList<>();
      for (int run = 0; run < 3; run++) {
        sent.clear();
        try {
          mailer(there).sendAll(MAILS, (mail, id) -> sent.add(mail.key()));
        } catch (GraphException again) {
          assertThat(run).as("the run in which it failed").isZero();
        }
      }

      assertThat(sent).containsExactly("one", "two", "three");
      assertThat(there.server.graph().mailbox(SignedInGraph.ADELE).sent())
          .extracting(TestMail::subject)
          .containsExactlyInAnyOrder("one", "two", "three");
    }
  }

  @Test
  void linesThatAreNotMailsAreRejected() {
    for (String line : new String[] {"", "x", "[]", "{}", "{\"key\":\"1\",\"to\":\"a\"}"}) {
      assertThatThrownBy(() -> PlannedMail.parse(line))
          .as(line)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(PlannedMail.parse("{\"key\":\"1\",\"to\":[\"a\"],\"subject\":\"s\",\"text\":\"t\"}"))
        .isEqualTo(new PlannedMail("1", List.of("a"), "s", "t"));
  }

  private SafeMailer mailer(SignedInGraph there) {
    return new SafeMailer(there.graph.mail().outbox(SendJournal.in(journal)).settle(Duration.ZERO));
  }

  private static PlannedMail mail(String key) {
    return new PlannedMail(key, List.of("bruno@contoso.example"), key, "Hello");
  }
}
