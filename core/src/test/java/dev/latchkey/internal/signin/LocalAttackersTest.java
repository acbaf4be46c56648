package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.BrowserSignIn;
import dev.latchkey.LoopbackRedirect;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.BrowserRun;
import dev.latchkey.fixture.LogCapture;
import dev.latchkey.fixture.PlainBrowser;
import dev.latchkey.fixture.ScriptedServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever comes to the port of a sign-in in the browser besides the browser's answer: it gets a
 * word, and the sign-in goes on.
 */
class LocalAttackersTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final BrowserRun run = new BrowserRun(server);
  private final BrowserSignIn signIn = run.client().beginBrowserSignIn();
  private final URI redirect = signIn.redirectUri();

  /** After all that, the browser comes, and the person is signed in. */
  private void assertItGoesOn() throws Exception {
    server.answer("/token", Answer.json(200, BrowserRun.tokens(signIn)));
    assertThat(BrowserRun.approve(signIn)).startsWith("HTTP/1.1 200 ");
    assertThat(signIn.await().storeFailure()).isNull();
    assertThat(server.requests("/token")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?code=evil",
        "?code=evil&state=",
        "?code=evil&state=guess",
        "?error=access_denied",
        "?error=access_denied&state=guess",
        "?code=evil&state=guess&state=guess",
        "?state=%zz&code=evil",
        "?&&&=&x",
        "",
      })
  void answerWithoutTheStateEndsNothing(String query) throws Exception {
    String page =
        PlainBrowser.send(
            redirect, "GET /" + query + " HTTP/1.1\r\nHost: " + redirect.getAuthority());

    assertThat(page)
        .startsWith("HTTP/1.1 400 ")
        .contains("The sign-in was not completed.")
        .doesNotContain("evil", "guess");
    assertItGoesOn();
  }

  @Test
  void stateThatComesTwiceIsNone() throws Exception {
    String state = BrowserRun.state(signIn);

    PlainBrowser.open(PlainBrowser.with(redirect, "state", state, "state", "x", "code", "evil"));

    assertItGoesOn();
  }

  @Test
  void codeThatComesTwiceIsNoAnswer() throws Exception {
    PlainBrowser.open(BrowserRun.answer(signIn, "code", "one-code", "code", "another-code"));

    assertThat(catchThrowableOfType(InvalidResponse.class, signIn::await))
        .hasMessageContaining("twice");
  }

  @Test
  void answerWithNeitherCodeNorErrorIsNone() throws Exception {
    PlainBrowser.open(BrowserRun.answer(signIn, "session_state", "7"));

    assertThat(catchThrowableOfType(InvalidResponse.class, signIn::await))
        .hasMessageContaining("neither");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /favicon.ico HTTP/1.1, 404",
    "GET /apple-touch-icon.png HTTP/1.1, 404",
    "POST / HTTP/1.1, 405",
    "HEAD / HTTP/1.1, 405",
    "OPTIONS / HTTP/1.1, 405",
    "GET http://127.0.0.1/ HTTP/1.1, 400",
    "GET / HTTP/2.0, 400",
    "GET /, 400",
    "PRI * HTTP/2.0, 400",
    "nonsense, 400",
  })
  void whatIsNoRedirectGetsItsStatusAndEndsNothing(String start, int status) throws Exception {
    String response = PlainBrowser.send(redirect, start + "\r\nHost: " + redirect.getAuthority());

    assertThat(response).startsWith("HTTP/1.1 " + status + " ").contains("Content-Length: 0");
    assertItGoesOn();
  }

  /** A page of another site, whose name resolves to this machine, gets no answer that helps it. */
  @ParameterizedTest
  @ValueSource(strings = {"evil.example.com", "localhost:{port}", "127.0.0.1", "127.0.0.1:80", ""})
  void otherNameOfThisMachineIsRefused(String host) throws Exception {
    String query = BrowserRun.approved(signIn).getRawQuery();
    String port = Integer.toString(redirect.getPort());

    String response =
        PlainBrowser.send(
            redirect, "GET /?" + query + " HTTP/1.1\r\nHost: " + host.replace("{port}", port));

    assertThat(response).startsWith("HTTP/1.1 421 ");
    assertItGoesOn();
  }

  @Test
  void twoHostsAreNone() throws Exception {
    String host = "\r\nHost: " + redirect.getAuthority();

    String response = PlainBrowser.send(redirect, "GET / HTTP/1.1" + host + host);

    assertThat(response).startsWith("HTTP/1.1 400 ");
    assertItGoesOn();
  }

  @Test
  void pageIsKeptNowhereAndLoadsNothing() throws Exception {
    server.answer("/token", Answer.json(200, BrowserRun.tokens(signIn)));

    String page = BrowserRun.approve(signIn);

    assertThat(page)
        .contains("\r\nCache-Control: no-store\r\n")
        .contains("\r\nReferrer-Policy: no-referrer\r\n")
        .contains("\r\nConnection: close\r\n")
        .contains("\r\nX-Content-Type-Options: nosniff\r\n")
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'none'")
        .contains("<link rel=\"icon\" href=\"data:,\">", "history.replaceState")
        .doesNotContain(BrowserRun.CODE, BrowserRun.state(signIn), "unsafe-inline");
    signIn.await();
  }

  @Test
  void pageSpeaksTheWordsOfTheApplicationAndRunsNoneOfThem() throws Exception {
    LoopbackRedirect words =
        LoopbackRedirect.DEFAULT.withPage("Wöchner & Co", "<script>alert(1)</script>", "Nein.");
    BrowserSignIn other = new BrowserRun(server, words).client().beginBrowserSignIn();
    server.answer("/token", Answer.json(200, BrowserRun.tokens(other)));

    String foreign = PlainBrowser.open(URI.create(other.redirectUri() + "/"));
    String page = BrowserRun.approve(other);

    assertThat(foreign).contains("<p>Nein.</p>");
    assertThat(page)
        .contains("<h1>Wöchner &amp; Co</h1>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
    other.await();
    signIn.cancel();
  }

  @Test
  void secondRedirectFindsNobody() throws Exception {
    assertItGoesOn();

    PlainBrowser.awaitNobody(redirect);
    assertThat(server.requests("/token")).hasSize(1);
  }

  @Test
  void connectionsThatSendNothingDoNotKeepTheBrowserOut() throws Exception {
    List<PlainBrowser> silent = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      silent.add(PlainBrowser.connect(redirect));
    }

    assertItGoesOn();

    for (PlainBrowser connection : silent) {
      connection.close();
    }
  }

  @Test
  void requestThatComesTooSlowlyIsGivenUp() throws Exception {
    try (PlainBrowser slow = PlainBrowser.connect(redirect)) {
      slow.write("GET / HTTP/1.1\r\nHost: ");
      run.time.awaitWaits(2);

      run.time.advance(Duration.ofSeconds(10));

      assertThat(slow.read()).isEmpty();
    }
    assertItGoesOn();
  }

  @Test
  void requestThatComesByteByByteIsARequest() throws Exception {
    server.answer("/token", Answer.json(200, BrowserRun.tokens(signIn)));
    String query = BrowserRun.approved(signIn).getRawQuery();
    String request = "GET /?" + query + " HTTP/1.1\r\nHost: " + redirect.getAuthority() + "\n\n";

    try (PlainBrowser browser = PlainBrowser.connect(redirect)) {
      for (int i = 0; i < request.length(); i++) {
        browser.write(request.substring(i, i + 1));
      }
      assertThat(browser.read()).startsWith("HTTP/1.1 200 ");
    }
    signIn.await();
  }

  @Test
  void endlessRequestIsGivenUp() throws Exception {
    try (PlainBrowser endless = PlainBrowser.connect(redirect)) {
      endless.write("GET /?" + "a".repeat((1 << 14) - 6));

      assertThat(endless.read()).startsWith("HTTP/1.1 400 ");
    }
    assertItGoesOn();
  }

  @Test
  void browserThatHangsUpAtOnceHasBroughtItsAnswerAllTheSame() throws Exception {
    server.answer("/token", Answer.json(200, BrowserRun.tokens(signIn)));
    String query = BrowserRun.approved(signIn).getRawQuery();

    PlainBrowser.connect(redirect)
        .write("GET /?" + query + " HTTP/1.1\r\nHost: " + redirect.getAuthority() + "\r\n\r\n")
        .close();

    assertThat(signIn.await().storeFailure()).isNull();
  }

  /** A browser may try either address of localhost first. */
  @Test
  void localhostIsBothAddresses() throws Exception {
    LoopbackRedirect localhost = LoopbackRedirect.DEFAULT.withHost("localhost");
    BrowserSignIn both = new BrowserRun(server, localhost).client().beginBrowserSignIn();
    int port = both.redirectUri().getPort();
    String head = "GET /favicon.ico HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n";

    for (String address : addressesHere()) {
      try (PlainBrowser browser =
          PlainBrowser.connect(InetAddress.getAllByName(address)[0], port)) {
        assertThat(browser.write(head).read()).as(address).startsWith("HTTP/1.1 404 ");
      }
    }
    both.cancel();
    signIn.cancel();
  }

  /** Or else the other program would get the code. */
  @Test
  void portThatAnotherProgramHasOnOneAddressOfLocalhostIsTaken() throws Exception {
    for (String address : addressesHere()) {
      try (ServerSocket other = new ServerSocket()) {
        other.bind(new InetSocketAddress(InetAddress.getAllByName(address)[0], 0));
        LoopbackRedirect port =
            LoopbackRedirect.DEFAULT.withHost("localhost").withPorts(other.getLocalPort());
        var client = new BrowserRun(server, port).client();

        assertThat(catchThrowableOfType(ServiceUnavailable.class, client::beginBrowserSignIn))
            .as(address)
            .hasMessageContaining("is free on localhost");
      }
    }
    signIn.cancel();
  }

  private static List<String> addressesHere() throws Exception {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getAllByName("::1")[0], 0));
      return socket.getInetAddress() instanceof Inet6Address
          ? List.of("127.0.0.1", "::1")
          : List.of("127.0.0.1");
    } catch (java.io.IOException e) { // no IPv6
      return List.of("127.0.0.1");
    }
  }

  @Test
  void codeVerifierAndStateAreInNoLogAndNoText() throws Exception {
    try (LogCapture log = new LogCapture()) {
      String verifier;
      String state = BrowserRun.state(signIn);
      String quoted = "What is " + BrowserRun.CODE + " and " + state + "?";
      server.answer(
          "/token",
          Answer.json(
              400,
              new dev.latchkey.fixture.Body()
                  .with("error", "invalid_request")
                  .with("error_description", quoted)));
      PlainBrowser.open(URI.create(redirect + "/?state=wrong&code=" + BrowserRun.CODE));
      PlainBrowser.send(redirect, "GET /other?" + BrowserRun.approved(signIn).getRawQuery());
      BrowserRun.approve(signIn);
      var failure = catchThrowableOfType(RuntimeException.class, signIn::await);
      verifier = server.requests("/token").get(0).form().get("code_verifier");

      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      String seen = log.everything() + trace + signIn + signIn.result();
      assertThat(seen)
          .contains("does not belong to this sign-in", "the browser brought a code")
          .doesNotContain(BrowserRun.CODE, state, verifier);
    }
  }

  @Test
  void stateThatAnErrorQuotesIsInNoException() throws Exception {
    String state = BrowserRun.state(signIn);

    PlainBrowser.open(
        BrowserRun.answer(signIn, "error", "invalid_request", "error_description", "in " + state));

    var failure = catchThrowableOfType(dev.latchkey.error.AppMisconfigured.class, signIn::await);
    assertThat(failure).hasMessageContaining("[redacted]").hasMessageNotContaining(state);
    assertThat(String.valueOf(failure.oauthError())).doesNotContain(state);
  }
}
