package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.Eventually;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.testkit.FakeServerSettings.DeviceCodePolicy;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way in where a policy blocks device codes, and how the command line leads to it. */
class BrowserSignInCommandTest {

  @TempDir Path directory;
  private InProcessCli cli;

  @BeforeEach
  void start() {
    cli = InProcessCli.start(directory);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void jsonShowsTheRequestFirstAndThenWhoSignedIn() throws Exception {
    InProcessCli.Running running = cli.begin("sign-in", "--json", "--browser", "--no-browser");
    Eventually.isTrue(() -> running.out().endsWith("\n"), "the first line is there");
    JsonObject first = new CommandResult(0, running.out(), "").event();

    assertThat(first.keySet()).containsExactly("event", "uri", "redirect_uri", "expires_in");
    assertThat(first.get("event").getAsString()).isEqualTo("authorization_request");
    assertThat(first.get("redirect_uri").getAsString()).matches("http://localhost:\\d+");
    assertThat(first.get("expires_in").getAsInt()).isEqualTo(900);
    URI uri = URI.create(first.get("uri").getAsString());
    String page = cli.server.approveInBrowser(uri, InProcessCli.ADELE);
    JsonObject done = running.finish().succeeded().lastEvent();

    assertThat(page).contains("return to the terminal");
    assertThat(done.get("event").getAsString()).isEqualTo("signed_in");
    assertThat(done.getAsJsonObject("account").get("username").getAsString())
        .isEqualTo(InProcessCli.ADELE);
    assertThat(cli.run("token", "--refresh").succeeded().out()).isNotEmpty();
  }

  @Test
  void textShowsTheAddressAndOffersTheCodeWhereNoBrowserOpens() throws Exception {
    InProcessCli.Running running = cli.begin("sign-in", "--browser");
    Eventually.isTrue(() -> running.err().contains("without --browser"), "all is said");
    Matcher uri = Pattern.compile("http://\\S+/authorize\\?\\S+").matcher(running.err());

    assertThat(uri.find()).isTrue();
    cli.server.approveInBrowser(URI.create(uri.group()), InProcessCli.ADELE);

    assertThat(running.finish().succeeded().out())
        .startsWith("You are signed in as " + InProcessCli.ADELE);
  }

  @Test
  void declinedInTheBrowserEndsWith11() throws Exception {
    InProcessCli.Running running = cli.begin("sign-in", "--json", "--browser");
    Eventually.isTrue(() -> running.out().endsWith("\n"), "the first line is there");
    String uri = new CommandResult(0, running.out(), "").event().get("uri").getAsString();

    cli.server.declineInBrowser(URI.create(uri));

    assertThat(running.finish().status()).isEqualTo(11);
  }

  @Test
  void interruptEndsTheWaitForTheBrowserWith130() throws Exception {
    InProcessCli.Running running = cli.begin("sign-in", "--browser", "--no-browser");
    Eventually.isTrue(() -> running.err().contains("Ctrl-C cancels"), "it waits");

    running.interrupt();

    assertThat(running.finish().status()).isEqualTo(130);
  }

  @Test
  void policyThatBlocksTheCodeNamesTheOtherCommand() throws Exception {
    cli.server.settings().deviceCodePolicy(DeviceCodePolicy.BLOCK);
    cli.server.approveNext(InProcessCli.ADELE);

    CommandResult result = cli.run("sign-in", "--json");

    assertThat(result.status()).isEqualTo(13);
    assertThat(result.lastEvent().get("remedy").getAsString())
        .startsWith("Sign in with 'latchkey sign-in --browser' and the same options, or ask an");
  }

  /** The server says nothing, only the page does. */
  @Test
  void afterAWhileTheOtherWayIsOfferedByItself() throws Exception {
    cli.server.settings().deviceCodePolicy(DeviceCodePolicy.BLOCK_SILENTLY);
    cli.server.approveNext(InProcessCli.ADELE);

    InProcessCli.Running running = cli.begin("sign-in", "--offer-browser-after", "1");
    Eventually.isTrue(() -> running.err().contains("latchkey sign-in --browser"), "it is offered");
    running.interrupt();

    assertThat(running.finish().status()).isEqualTo(130);
  }

  @Test
  void jsonIsOfferedNothing() throws Exception {
    InProcessCli.Running running = cli.begin("sign-in", "--json", "--offer-browser-after", "0");
    Eventually.isTrue(() -> running.out().endsWith("\n"), "the first line is there");
    String code = new CommandResult(0, running.out(), "").event().get("user_code").getAsString();
    cli.server.approve(code, InProcessCli.ADELE);

    assertThat(running.finish().succeeded().err()).doesNotContain("--browser");
  }
}
