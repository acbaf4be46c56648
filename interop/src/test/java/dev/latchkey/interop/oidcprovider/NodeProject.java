package dev.latchkey.interop.oidcprovider;

import dev.latchkey.interop.fixture.Requirement;
import dev.latchkey.interop.fixture.TiedProcess;
import dev.latchkey.interop.fixture.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The node project beside these classes, with the dependencies of its lock file installed. */
final class NodeProject {
  private static final Duration INSTALL_PATIENCE = Duration.ofMinutes(5);

  private final Path home;
  private final Path node;

  private NodeProject(Path home, Path node) {
    this.home = home;
    this.node = node;
  }

  /** Finds node, and installs the dependencies unless they are there. */
  static NodeProject installed() {
    NodeProject project = new NodeProject(Workspace.node(), Requirement.program("node"));
    Path lockFile = Workspace.target("logs").resolve("npm.lock");
    try (FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      project.installUnlessDone();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return project;
  }

  /** Runs one of the project's scripts. */
  TiedProcess run(String script, Map<String, String> environment) {
    return TiedProcess.start("oidc-provider", home, environment, List.of(node.toString(), script));
  }

  private void installUnlessDone() throws IOException {
    Path wanted = home.resolve("package-lock.json");
    Path installed = home.resolve("node_modules").resolve(".package-lock.json");
    if (Files.exists(installed)
        && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) >= 0) {
      return;
    }
    List<String> command =
        List.of(Requirement.program("npm").toString(), "ci", "--no-audit", "--no-fund");
    try (TiedProcess npm = TiedProcess.start("npm", home, Map.of(), command)) {
      npm.awaitSuccess(INSTALL_PATIENCE);
    }
  }
}
