package dev.latchkey.api;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which types somebody sees who only requires the module: its own exported ones, those of the JDK,
 * and those of the modules that it requires transitively.
 */
final class Visibility {

  private final ModuleDescriptor module;
  private final Map<Path, ModuleDescriptor> descriptors = new HashMap<>();

  Visibility(ModuleDescriptor module) {
    this.module = module;
  }

  /** The descriptor of a jar or of a directory of classes. */
  static ModuleDescriptor descriptor(Path classes) {
    return ModuleFinder.of(classes).findAll().stream()
        .map(ModuleReference::descriptor)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(classes + " is no module"));
  }

  static boolean isOpen(int modifiers) {
    return java.lang.reflect.Modifier.isPublic(modifiers)
        || java.lang.reflect.Modifier.isProtected(modifiers);
  }

  boolean isVisible(Class<?> type) {
    if (type.isPrimitive() || type.getPackageName().matches("javax?\\..*")) {
      return true;
    }
    Class<?> enclosing = type.getEnclosingClass();
    return isOpen(type.getModifiers())
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && (enclosing == null || isVisible(enclosing))
        && isExported(type);
  }

  private boolean isExported(Class<?> type) {
    ModuleDescriptor owner = owner(type);
    return owner != null
        && (owner.name().equals(module.name()) || isRequiredTransitively(owner.name()))
        && (owner.isAutomatic()
            || owner.exports().stream()
                .anyMatch(
                    export ->
                        !export.isQualified() && export.source().equals(type.getPackageName())));
  }

  private boolean isRequiredTransitively(String name) {
    return module.requires().stream()
        .filter(required -> required.modifiers().contains(Modifier.TRANSITIVE))
        .anyMatch(required -> required.name().equals(name));
  }

  private @Nullable ModuleDescriptor owner(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      return null;
    }
    try {
      return descriptors.computeIfAbsent(
          Path.of(source.getLocation().toURI()), Visibility::descriptor);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
