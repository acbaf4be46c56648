package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.Eventually;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.examples.fixture.JarProcess;
import dev.latchkey.examples.fixture.PromptReader;
import dev.latchkey.testkit.FakeAuthorizationServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged demo. Every build runs the story itself; the other tests bear a tag. */
class DemoIT {

  @TempDir Path directory;

  @Test
  void demoTellsTheWholeStory() throws Exception {
    long start = System.nanoTime();

    CommandResult result = run("demo", "--auto", "--json").succeeded();

    // It should take less than 30 s, but the machine may be busy.
    System.out.printf("demo --auto took %.1f s%n", (System.nanoTime() - start) / 1e9);
    assertThat(result.events())
        .extracting(event -> event.get("name").getAsString())
        .containsExactly(
            "device_code",
            "sign_in_declined",
            "sign_in_approved",
            "token_from_memory",
            "refused_token",
            "refresh_rotates",
            "one_refresh_for_64_threads",
            "list_folder",
            "upload_and_download",
            "post_to_channel",
            "complete_task",
            "expiry_in_mid_listing",
            "claims_challenge",
            "slow_down_obeyed",
            "lost_answer",
            "tenant_switch",
            "sign_out");
    assertThat(result.events())
        .allSatisfy(
            event -> {
              assertThat(event.get("event").getAsString()).isEqualTo("step");
              assertThat(event.get("ok").getAsBoolean()).isTrue();
            });
  }

  @Test
  @Tag("processes")
  void demoWaitsForThePersonWhoWatches() throws Exception {
    JarProcess process = start("demo", "--port", "0");
    Eventually.isTrue(() -> process.err().contains("Ctrl-C cancels"), "it is my turn");

    new PromptReader(process.err()).approve(InProcessCli.BRUNO);

    assertThat(process.finish().succeeded().out())
        .contains(InProcessCli.BRUNO + " approves", "17. sign out", "Every step was checked");
  }

  @Test
  @Tag("processes")
  void portInUseIsWrongUsage() throws Exception {
    try (FakeAuthorizationServer server = FakeAuthorizationServer.builder().start()) {
      int port = server.baseUrl().getPort();

      CommandResult result = run("demo", "--auto", "--port", String.valueOf(port));

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err())
          .contains("The demo cannot listen on port", "Try 'latchkey demo --help'");
    }
  }

  private CommandResult run(String... args) throws Exception {
    return start(args).finish();
  }

  private JarProcess start(String... args) throws IOException {
    return JarProcess.start(directory, Map.of(), List.of(args));
  }
}
