package dev.latchkey.internal.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.fixture.Replies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Writes the table of {@code docs/troubleshooting.md} from the table that the library uses. After a
 * change of that one, {@code mvn test -pl core -Dtest=TroubleshootingPageTest -Dapi.update}.
 */
class TroubleshootingPageTest {

  private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");
  private static final String BEGIN =
      "<!-- The table below is generated: TroubleshootingPageTest. -->";

  @Test
  void pageHasEveryNumberAsTheLibraryMapsIt() throws Exception {
    String page = Files.readString(PAGE);
    String written = page.substring(0, page.indexOf(BEGIN));
    String expected = written + BEGIN + "\n\n" + String.join("\n", table()) + "\n";
    if (System.getProperty("api.update") != null) {
      Files.writeString(PAGE, expected);
    }

    assertThat(Files.readString(PAGE))
        .as("To accept: mvn test -pl core -Dtest=TroubleshootingPageTest -Dapi.update")
        .isEqualTo(expected);
  }

  private static List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add("| AADSTS | exception | reason | remedy |");
    lines.add("| --- | --- | --- | --- |");
    TreeMap<Integer, String> rows = new TreeMap<>();
    ErrorTable.AADSTS.forEach(
        (number, meaning) -> {
          if (meaning.errorClass() != ErrorClass.WAIT) { // the library goes on by itself
            rows.put(Integer.valueOf(number), row(Integer.parseInt(number)));
          }
        });
    lines.addAll(rows.values());
    return lines;
  }

  /** As a refresh meets it, of a server that says invalid_grant, as Entra does of most. */
  private static String row(int number) {
    LatchkeyException met =
        OAuthErrorMapper.toException(
            Replies.error("invalid_grant", number), Context.of(Context.Request.REFRESH));
    String reason = met instanceof SignInRequired why ? "`" + why.reason() + "`" : "";
    String remedy = met.remedy() == null ? "" : met.remedy();
    return "| %d | `%s` | %s | %s |"
        .formatted(number, met.getClass().getSimpleName(), reason, remedy);
  }
}
