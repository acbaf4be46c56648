package dev.latchkey;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The compiled classes of core, without its tests. */
final class CoreClasses {
  static final JavaClasses ALL =
      new ClassFileImporter()
          .importUrl(AccessToken.class.getProtectionDomain().getCodeSource().getLocation());

  private CoreClasses() {}
}
