package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.JarProcess;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program where there is no display. */
@Tag("processes")
@Timeout(600)
class DesktopIT {

  @TempDir Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutADisplayTheDesktopEndsWithOneLineAndARemedy() throws Exception {
    for (Map<String, String> variables :
        List.<Map<String, String>>of(Map.of(), Map.of("DISPLAY", ":63999"))) {
      CommandResult result = JarProcess.start(directory, variables, List.of("desktop")).finish();

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err().lines())
          .hasSize(2)
          .first()
          .isEqualTo("latchkey: There is no display for a window");
      assertThat(result.err()).contains("set DISPLAY");
      assertThat(result.out()).isEmpty();
    }
  }

  @Test
  void otherCommandsLoadNoClassOfTheWindow() throws Exception {
    Map<String, String> variables = new TreeMap<>();
    variables.put("LATCHKEY_ENTRA", "common");
    variables.put("LATCHKEY_CLIENT_ID", "none");
    variables.put("LATCHKEY_STORE", "file:" + directory.resolve("store"));
    variables.put("LATCHKEY_FILE_KEY", Base64.getEncoder().encodeToString(new byte[32]));
    Path log = directory.resolve("classes.txt");
    variables.put("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
    for (String command : new String[] {"--version", "token", "accounts"}) {
      var unused = JarProcess.start(directory, variables, List.of(command)).finish();

      assertThat(log)
          .content()
          .contains("dev.latchkey.examples.cli.DesktopCommand ")
          .doesNotContain("javax.swing", "java.awt", "com.formdev")
          .doesNotContain("dev.latchkey.examples.desktop.view", "dev.latchkey.swing");
    }
  }
}
