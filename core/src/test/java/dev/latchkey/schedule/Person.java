package dev.latchkey.schedule;

/** Who signs in. Adele is known in two tenants, and in each by a subject of its own. */
enum Person {
  ADELE("adele", "11111111-1111-4111-8111-111111111111"),
  BRUNO("bruno", "11111111-1111-4111-8111-111111111111"),
  ADELE_ELSEWHERE("adele elsewhere", "22222222-2222-4222-8222-222222222222");

  final String subject;
  final String tenant;

  Person(String subject, String tenant) {
    this.subject = subject;
    this.tenant = tenant;
  }

  /** Somebody else. */
  Person other() {
    return switch (this) {
      case ADELE -> BRUNO;
      case BRUNO -> ADELE_ELSEWHERE;
      case ADELE_ELSEWHERE -> ADELE;
    };
  }
}
