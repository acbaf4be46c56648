package dev.latchkey.testkit;

/** Leaves a {@link Handler} with an OAuth error for an answer. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient OAuthFailure failure;

  Refusal(OAuthFailure failure) {
    super(failure.toString(), null, false, false);
    this.failure = failure;
  }

  static Refusal of(String error, int aadsts) {
    return new Refusal(OAuthFailure.of(error).aadsts(aadsts));
  }

  static Refusal of(String error, int aadsts, String description) {
    return new Refusal(OAuthFailure.of(error).aadsts(aadsts).description(description));
  }

  OAuthFailure failure() {
    return failure;
  }
}
