package dev.latchkey.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RecordLimitsTest {

  @Test
  void keysAreShortAndPlain() {
    for (String key : new String[] {"a", "0-9", "-", "z".repeat(64)}) {
      assertThatCode(() -> RecordLimits.checkKey(key)).as(key).doesNotThrowAnyException();
    }
    for (String key :
        new String[] {"", "A", "a/b", "..", "a.b", "a_b", "é", "a\n", "z".repeat(65)}) {
      assertThatIllegalArgumentException().as(key).isThrownBy(() -> RecordLimits.checkKey(key));
    }
  }

  @Test
  void contentsAreNeitherEmptyNorTooLong() {
    assertThatCode(() -> RecordLimits.checkContent("x".repeat(100_000))).doesNotThrowAnyException();

    assertThatIllegalArgumentException().isThrownBy(() -> RecordLimits.checkContent(""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordLimits.checkContent("x".repeat(100_001)));
  }

  @Test
  void loneSurrogatesAreRejectedAndPairsAreNot() {
    assertThatCode(() -> RecordLimits.checkContent("a😀b")).doesNotThrowAnyException();

    for (String content :
        new String[] {"a\uD83D", "\uDE00b", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> RecordLimits.checkContent(content));
    }
  }

  @Test
  void theMessageDoesNotQuoteTheContent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordLimits.checkContent("hunter2\uD83D"))
        .withMessageNotContaining("hunter2");
  }
}
