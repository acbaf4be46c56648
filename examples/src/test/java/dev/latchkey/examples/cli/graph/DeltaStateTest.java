package dev.latchkey.examples.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaStateTest {

  @TempDir Path directory;
  private InProcessCli cli;
  private FakeDrive drive;
  private Path state;

  @BeforeEach
  void signIn() throws Exception {
    cli = InProcessCli.start(directory);
    cli.variables.put("LATCHKEY_GRAPH_URL", cli.server.graph().url().toString());
    cli.signIn(InProcessCli.ADELE, "--scope", "Files.ReadWrite");
    drive = cli.server.graph().drive(InProcessCli.ADELE);
    drive.addFile("a.txt", "a");
    state = Files.createDirectory(directory.resolve("states")).resolve("state");
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void stateIsForItsOwnerOnlyEvenWhereAnEarlierOneWasNot() throws Exception {
    delta().succeeded();
    String first = PosixFilePermissions.toString(Files.getPosixFilePermissions(state));
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rw-r--r--"));

    delta().succeeded();

    assertThat(first).isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
        .isEqualTo("rw-------");
    assertNothingElseIsLeft();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linkInPlaceOfTheStateIsRefusedAndNotFollowed() throws Exception {
    delta().succeeded();
    Path target = Files.move(state, directory.resolve("target"));
    String before = Files.readString(target);
    Files.createSymbolicLink(state, target);

    CommandResult result = delta();

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains(state + " is a symbolic link");
    assertThat(result.out()).isEmpty();
    assertThat(target).hasContent(before.strip());
    assertThat(Files.isSymbolicLink(state)).isTrue();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linkThatWaitsWhereTheStateWasOnceWrittenFirstIsNotFollowed() throws Exception {
    Path victim = Files.writeString(directory.resolve("victim"), "precious");
    Files.createSymbolicLink(state.resolveSibling("state.next"), victim);

    delta().succeeded();

    assertThat(victim).hasContent("precious");
    assertThat(state).isRegularFile();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(60)
  void pipeInPlaceOfTheStateIsRefused() throws Exception {
    Process made = new ProcessBuilder("mkfifo", state.toString()).start();
    assertThat(made.waitFor()).isZero();

    CommandResult result = delta();

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("is no file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-rw-", "rw--w----", "rw-----w-"})
  @DisabledOnOs(OS.WINDOWS)
  void stateThatOthersCouldHaveWrittenIsRefused(String mode) throws Exception {
    delta().succeeded();
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString(mode));
    String before = Files.readString(state);

    CommandResult result = delta();

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains(state + " can be written by other users")
        .contains("Delete " + state)
        .contains("chmod 600 " + state);
    assertThat(result.out()).isEmpty();
    assertThat(state).hasContent(before.strip());
    assertNothingElseIsLeft();
  }

  /** Only root can give a file to somebody else. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void stateOfAnotherUserIsRefused() throws Exception {
    delta().succeeded();
    assumeTrue(Files.getOwner(state).getName().equals("root"));
    Files.setOwner(
        state,
        state.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

    CommandResult result = delta();

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains(state + " belongs to nobody, not to root")
        .contains("Name a file of your own");
    assertThat(result.out()).isEmpty();
    assertNothingElseIsLeft();
  }

  @Test
  void stateMayHaveTheLongestName() throws Exception {
    state = state.resolveSibling("s".repeat(255));

    delta().succeeded();
    drive.addFile("b.txt", "b");

    assertThat(delta().succeeded().out()).contains("b.txt").doesNotContain("a.txt");
    assertNothingElseIsLeft();
  }

  @Test
  void linkThatGraphRefusesForGoodIsReportedWithTheWayToStartAgain() throws Exception {
    delta().succeeded();
    for (int status : new int[] {400, 404, 410}) {
      cli.server.fail(Fault.status(status).to("GET", "/delta"));

      CommandResult result = delta();

      assertThat(result.status()).as("%d", status).isEqualTo(19);
      assertThat(result.err()).containsPattern("Delete (" + state + "|the state file)");
    }
  }

  @Test
  @Timeout(60)
  void pagesInACircleEndTheList() throws Exception {
    AtomicInteger page = new AtomicInteger();
    String url = cli.server.graph().url() + "/me/drive/root/delta?circle=";
    cli.server.fail(
        Fault.rewrite(
                body ->
                    body.replaceAll(
                        "\"@odata\\.(next|delta)Link\":\"[^\"]*\"",
                        "\"@odata.nextLink\":\"" + url + page.getAndIncrement() % 2 + "\""))
            .always()
            .to("GET", "/delta"));

    CommandResult result = cli.run("graph", "delta", "--json");

    assertThat(result.status()).isEqualTo(19);
    assertThat(result.lastEvent().get("type").getAsString()).isEqualTo("MalformedAnswer");
  }

  /** SharePoint leaves the path out of deltas. */
  @Test
  void pathsAreThoseOfLsEvenWhereGraphLeavesThemOut() throws Exception {
    drive.addFile("Reports/2026/plan.txt", "p");
    List<String> whole = lines(cli.run("graph", "delta").succeeded());
    cli.server.fail(withoutPaths());
    List<String> all = lines(delta().succeeded());
    drive.addFile("Reports/2026/plan.txt", "changed");
    drive.addFile("Reports/2026/new.txt", "n");
    cli.server.fail(withoutPaths());
    List<String> changes = lines(delta().succeeded());

    assertThat(whole).contains("/", "/Reports/", "/Reports/2026/", "/Reports/2026/plan.txt");
    assertThat(all).isEqualTo(whole);
    assertThat(changes).contains("/Reports/2026/plan.txt", "/Reports/2026/new.txt");
    for (String path : whole) {
      CommandResult found =
          path.endsWith("/")
              ? cli.run("graph", "ls", path)
              : cli.run("graph", "get", path, directory.toString());
      assertThat(found.status()).as(path).isZero();
    }
  }

  private static Fault withoutPaths() {
    return Fault.rewrite(body -> body.replaceAll(",\"path\":\"[^\"]*\"", "")).to("GET", "/delta");
  }

  private static List<String> lines(CommandResult result) {
    return result.out().lines().map(line -> line.substring(line.indexOf("Z  ") + 3)).toList();
  }

  private CommandResult delta() throws Exception {
    return cli.run("graph", "delta", "--state", state.toString());
  }

  private void assertNothingElseIsLeft() throws Exception {
    try (var files = Files.list(state.resolveSibling(""))) {
      assertThat(files).containsExactly(state);
    }
  }
}
