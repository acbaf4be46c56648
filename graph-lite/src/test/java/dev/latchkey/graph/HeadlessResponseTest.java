package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.fixture.CountingTokens;
import dev.latchkey.graph.fixture.HeadlessServer;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.mail.NewMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * A gateway loses the head of a response, so that its body stands where the status line should be.
 * The JDK quotes that line in the message of an IOException.
 */
class HeadlessResponseTest {

  private static final String SECRET = "tempauth=v1.eyJzaXRlaWQiOiI5MTIyMDQwZCJ9";
  private static final String BODY =
      "{\"uploadUrl\":\"https://contoso.sharepoint.com/up?" + SECRET + "\"}";

  private final Logger ours = (Logger) LoggerFactory.getLogger("dev.latchkey");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    ours.addAppender(log);
    ours.setLevel(Level.TRACE);
    ours.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    ours.setAdditive(true);
    ours.setLevel(null);
    ours.detachAppender(log);
  }

  @Test
  void bodyOnTheStatusLineIsInNoExceptionAndNoLog() throws Exception {
    assertNotQuoted(GraphClient::me);
  }

  @Test
  void bodyOnTheStatusLineIsNotInAnUnknownOutcomeEither() throws Exception {
    assertNotQuoted(
        graph ->
            graph
                .mail()
                .sendMail(
                    NewMessage.of("x", ItemBody.text("y")).to("adele@contoso.example"), true));
  }

  private void assertNotQuoted(Consumer<GraphClient> call) throws Exception {
    try (HeadlessServer server = new HeadlessServer(BODY)) {
      GraphClient graph =
          GraphClients.builder(new CountingTokens("Mail.Send"), server.url(), new QuickTime())
              .build();

      GraphException failure = catchThrowableOfType(GraphException.class, () -> call.accept(graph));

      LoggerFactory.getLogger("dev.latchkey").error("the application logs it", failure);
      StringWriter printed = new StringWriter();
      failure.printStackTrace(new PrintWriter(printed));
      String logged =
          log.list.stream()
              .map(
                  event ->
                      event.getFormattedMessage()
                          + ThrowableProxyUtil.asString(event.getThrowableProxy()))
              .collect(Collectors.joining("\n"));
      assertThat(failure).hasRootCauseInstanceOf(IOException.class);
      assertThat(logged).contains("the application logs it", "java.io.IOException");
      assertThat(printed + logged).doesNotContain("tempauth", "uploadUrl", SECRET);
    }
  }
}
