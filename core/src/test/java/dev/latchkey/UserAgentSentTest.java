package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the authorization server learns of the program that asks it. */
class UserAgentSentTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  @Test
  void applicationIsNamedInFrontOfTheLibraryInEveryRequest() {
    signIn(builder().userAgent("MyApp/1.0"));

    assertThat(sent("/device")).containsOnly("MyApp/1.0 latchkey");
    assertThat(sent("/token")).containsOnly("MyApp/1.0 latchkey");
  }

  @Test
  void libraryNamesItselfIfTheApplicationNamesNothing() {
    signIn(builder());

    assertThat(sent("/device")).containsOnly("latchkey");
  }

  @Test
  void headerCannotBeSplit() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().userAgent("App\r\nX: y"));
  }

  private PublicClientBuilder builder() {
    return PublicClient.builder().authorizationServer(server.authorizationServer());
  }

  private void signIn(PublicClientBuilder builder) {
    server
        .answerAlways("/device", Answer.json(200, Body.device()))
        .answerAlways("/token", Answer.json(200, Body.tokens()));
    SignInResult unused = new SignInRun(builder).toSuccess();
  }

  private List<@Nullable String> sent(String path) {
    return server.requests(path).stream().map(request -> request.header("user-agent")).toList();
  }
}
