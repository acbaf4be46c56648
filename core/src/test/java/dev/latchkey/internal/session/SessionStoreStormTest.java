package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.latchkey.fixture.ScriptedServer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/**
 * However refreshes, sign-ins and sign-outs of one account meet, and whatever the token store fails
 * at meanwhile: no refresh token is sent twice, the last sign-in counts unless a sign-out came
 * after it, and the store has it in the end. A run of many storms is one command: {@code mvn test
 * -pl core -Dtest=SessionStoreStormTest -DexcludedGroups= -Dgroups=soak -Dlatchkey.storms=100000}.
 */
class SessionStoreStormTest {

  private static final Logger LIBRARY = (Logger) LoggerFactory.getLogger("dev.latchkey");
  private static final int STORMS = Integer.getInteger("latchkey.storms", 1_500);

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  /** Every fault is logged, which is not what this is about. */
  @BeforeAll
  static void silence() {
    LIBRARY.setLevel(Level.OFF);
  }

  @AfterAll
  static void unsilence() {
    LIBRARY.setLevel(null);
  }

  @ParameterizedTest
  @CsvSource({"2, 30", "4, 40"})
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void lastSignInCountsAndNoTokenIsSentTwice(int threads, int steps) throws Exception {
    storms(100, threads, steps);
  }

  /** How threads meet differs from run to run, whatever the seed: rare meetings need many runs. */
  @Tag("soak")
  @ParameterizedTest
  @CsvSource({"2, 30", "3, 8", "4, 40", "6, 12"})
  void lastSignInCountsAndNoTokenIsSentTwiceInManyStorms(int threads, int steps) throws Exception {
    storms(STORMS, threads, steps);
  }

  private void storms(int count, int threads, int steps) throws Exception {
    for (int seed = 0; seed < count; seed++) {
      SessionStoreStorm storm = new SessionStoreStorm(server, seed).run(threads, steps);

      assertThat(storm.wrongs()).as("storm %s:\n%s", seed, storm.trace()).isEmpty();
    }
  }
}
