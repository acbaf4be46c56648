package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.TestUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignOutCommandTest {

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
  void revokesIfTheServerCan() throws Exception {
    cli.discover();
    JsonObject adele = cli.signIn(InProcessCli.ADELE).lastEvent().getAsJsonObject("account");

    JsonObject event = cli.run("sign-out", "--json").succeeded().event();

    assertThat(event.keySet()).containsExactly("event", "account", "revoked");
    assertThat(event.get("event").getAsString()).isEqualTo("signed_out");
    assertThat(event.getAsJsonObject("account")).isEqualTo(adele);
    assertThat(event.get("revoked").getAsBoolean()).isTrue();
    assertThat(cli.server.requests(Endpoint.REVOCATION)).hasSize(1);
    assertThat(cli.run("token").status()).isEqualTo(10);
  }

  /** An account that cannot be read may be the wanted one. */
  @Test
  void accountThatCannotBeReadIsReported() throws Exception {
    String id =
        cli.signIn(InProcessCli.ADELE)
            .lastEvent()
            .getAsJsonObject("account")
            .get("id")
            .getAsString();
    Set<Path> healthy = records();
    cli.signIn(InProcessCli.BRUNO);
    Set<Path> damaged = records();
    damaged.removeAll(healthy);
    Files.writeString(damaged.iterator().next(), "nonsense");

    assertThat(cli.run("token", "--json").lastEvent().get("type").getAsString())
        .isEqualTo("TokenStoreFailure");
    assertThat(cli.run("sign-out").status()).isEqualTo(18);
    assertThat(cli.run("token", "--account", id).status()).isZero();

    CommandResult all = cli.run("sign-out", "--all", "--json");

    assertThat(all.status()).isEqualTo(18);
    assertThat(all.events())
        .extracting(event -> event.get("event").getAsString())
        .containsExactly("signed_out", "error");
    assertThat(cli.run("sign-out", "--all").out()).doesNotContain("Nobody");
    assertThat(damaged).allMatch(Files::exists);
  }

  private Set<Path> records() throws Exception {
    try (Stream<Path> files = Files.list(directory.resolve("store/dev.latchkey.cli"))) {
      return files
          .filter(file -> file.toString().endsWith(".record"))
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  @Test
  void forgetsWhereTheServerCannotRevoke() throws Exception {
    cli.signIn(InProcessCli.ADELE);

    CommandResult result = cli.run("sign-out").succeeded();

    assertThat(result.out())
        .isEqualTo(
            "adele@contoso.example (Adele Vance) of tenant "
                + TestUser.of(InProcessCli.ADELE).tenantId()
                + " is signed out here; its tokens were not revoked at the server, which offers no"
                + " revocation.\n");
    assertThat(cli.run("accounts", "--json").succeeded().out()).isEmpty();
  }

  @Test
  void forgetsEvenWhenTheServerIsDown() throws Exception {
    cli.discover();
    cli.signIn(InProcessCli.ADELE);
    cli.server.close();

    JsonObject event = cli.run("sign-out", "--json").succeeded().event();

    assertThat(event.get("revoked").getAsBoolean()).isFalse();
    assertThat(cli.run("accounts", "--json").succeeded().out()).isEmpty();
  }

  @Test
  void leavesTheOthersSignedIn() throws Exception {
    cli.signIn(InProcessCli.ADELE);
    cli.signIn(InProcessCli.BRUNO);

    cli.run("sign-out", "--account", InProcessCli.BRUNO).succeeded();

    assertThat(cli.run("token", "--json").succeeded().event().get("source").getAsString())
        .isEqualTo("cache");
  }

  @Test
  void allSignsOutEveryAccountAndAcceptsNone() throws Exception {
    cli.signIn(InProcessCli.ADELE);
    cli.signIn(InProcessCli.BRUNO);

    CommandResult two = cli.run("sign-out", "--all", "--json").succeeded();
    CommandResult none = cli.run("sign-out", "--all", "--json").succeeded();

    assertThat(two.events()).hasSize(2);
    assertThat(none.out()).isEmpty();
  }

  @Test
  void signOutOfAnUnknownAccountDoesNotSuggestASignIn() throws Exception {
    CommandResult result = cli.run("sign-out", "--account", "nobody@contoso.example", "--json");

    assertThat(result.status()).isEqualTo(10);
    assertThat(result.event().get("remedy").getAsString())
        .contains("nothing to sign out")
        .doesNotContain("sign-in");
  }

  @Test
  void noAccountSignedInEndsWith10() throws Exception {
    CommandResult result = cli.run("sign-out", "--json");

    assertThat(result.status()).isEqualTo(10);
    assertThat(result.event().get("reason").getAsString()).isEqualTo("signed_out");
  }
}
