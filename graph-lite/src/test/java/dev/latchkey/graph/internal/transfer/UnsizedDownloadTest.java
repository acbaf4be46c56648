package dev.latchkey.graph.internal.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.fixture.DriveFixture;
import dev.latchkey.testkit.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A storage host that sends no length: the end of the connection ends the response. */
class UnsizedDownloadTest extends DriveFixture {

  private static final int SIZE = 100_000;

  private final Deque<byte[]> answers = new ArrayDeque<>();
  private final AtomicInteger requests = new AtomicInteger();
  private ServerSocket host;
  private String tag = "";
  private Path target;

  @BeforeEach
  void start() throws IOException {
    remote.addFile(folder + "f", bytes(SIZE));
    target = directory.resolve("down.bin");
    host = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
    server.fail(
        Fault.status(302)
            .header("Location", "http://127.0.0.1:" + host.getLocalPort() + "/f?sig=1")
            .always()
            .to("GET", "content"));
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ETag: \"1\"\r\n"})
  void truncatedResponseIsRequestedAgain(String header) {
    tag = header;
    answer(70_000).answer(SIZE);

    drive.download(at("f"), target);

    assertThat(target).hasBinaryContent(bytes(SIZE));
    assertThat(requests).hasValue(2);
  }

  @Test
  void streamIsNotCompleteWhenARestartedResponseIsTruncatedEarlier() {
    tag = "ETag: \"1\"\r\n";
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    answer(70_000).answer(50_000).answer(SIZE);

    drive.download(at("f"), stream);

    assertThat(stream.toByteArray()).isEqualTo(bytes(SIZE));
  }

  @Test
  void responsesThatAreAlwaysTruncatedEndAsUnavailable() {
    for (int i = 0; i < 20; i++) {
      answer(70_000);
    }

    assertThatThrownBy(() -> drive.download(at("f"), target)).isInstanceOf(GraphUnavailable.class);
    assertThat(target).doesNotExist();
    assertThat(requests).hasValue(6);
  }

  @Test
  void moreBytesThanGraphReportsAreRejected() {
    answer(SIZE + 1);

    assertThatThrownBy(() -> drive.download(at("f"), target)).isInstanceOf(MalformedAnswer.class);
    assertThat(target).doesNotExist();
  }

  @Test
  void hostThatStreamsPastTheSizeOfTheFileIsStopped() {
    AtomicLong most = new AtomicLong();
    answer(SIZE + 8_000_000);

    assertThatThrownBy(
            () ->
                drive.download(
                    at("f"), target, (bytes, total) -> most.accumulateAndGet(bytes, Math::max)))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("more bytes than there are");
    assertThat(most.get()).isLessThanOrEqualTo(SIZE);
    assertThat(directory.resolve("down.bin.part"))
        .satisfiesAnyOf(
            part -> assertThat(part).doesNotExist(),
            part -> assertThat(Files.size(part)).isLessThanOrEqualTo(SIZE));
  }

  @Test
  void hostThatBringsHardlyMoreWithEachConnectionIsGivenUp() {
    tag = "ETag: \"1\"\r\n";
    for (int i = 1; i <= 20; i++) {
      answer(100 * i);
    }

    assertThatThrownBy(() -> drive.download(at("f"), target)).isInstanceOf(GraphUnavailable.class);
    assertThat(requests).hasValue(6);
  }

  private UnsizedDownloadTest answer(int length) {
    byte[] all = Arrays.copyOf(bytes(SIZE), Math.max(SIZE, length));
    synchronized (answers) {
      answers.add(Arrays.copyOf(all, length));
    }
    return this;
  }

  private void serve() {
    while (true) {
      try (Socket socket = host.accept()) {
        byte[] head = new byte[0];
        while (!new String(head, US_ASCII).endsWith("\r\n\r\n")) {
          head = Arrays.copyOf(head, head.length + 1);
          head[head.length - 1] = (byte) socket.getInputStream().read();
        }
        requests.incrementAndGet();
        byte[] body;
        synchronized (answers) {
          body = answers.remove();
        }
        String answer = "HTTP/1.1 200 OK\r\n" + tag + "Connection: close\r\n\r\n";
        socket.getOutputStream().write(answer.getBytes(US_ASCII));
        socket.getOutputStream().write(body);
      } catch (IOException e) {
        if (host.isClosed()) {
          return;
        }
      }
    }
  }
}
