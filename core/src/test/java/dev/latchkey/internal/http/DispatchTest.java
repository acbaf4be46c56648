package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.ScriptedServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DispatchTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  @Test
  void requestIsSentAlthoughTheSystemGivesNoMoreThreads() throws Exception {
    Executor senders =
        task -> {
          throw new OutOfMemoryError("unable to create native thread");
        };

    assertThat(statusOf(senders)).isEqualTo(200);
  }

  @Test
  void requestIsSentAlthoughTooManyHoldAThread() throws Exception {
    Executor senders =
        task -> {
          throw new RejectedExecutionException("64 already");
        };

    assertThat(statusOf(senders)).isEqualTo(200);
  }

  private int statusOf(Executor senders) throws Exception {
    server.answer("/token", Answer.json(200, new Body()));
    HttpRequest request = HttpRequest.newBuilder(server.at("/token")).build();

    HttpResponse<Void> response =
        Dispatch.send(senders, HttpClient.newHttpClient(), request, BodyHandlers.discarding())
            .get();

    return response.statusCode();
  }
}
