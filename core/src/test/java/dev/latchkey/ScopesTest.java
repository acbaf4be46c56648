package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ScopesTest {
  @Test
  void tokensKeepTheirOrderAndDuplicatesCollapse() {
    var scopes = Scopes.parse("openid  User.Read openid profile ");

    assertThat(scopes).containsExactly("openid", "User.Read", "profile");
  }

  @Test
  void aQuotationMarkIsNoScopeCharacter() {
    assertThatIllegalArgumentException().isThrownBy(() -> Scopes.parse("User.\"Read"));
  }
}
