package dev.latchkey.api;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes types as source does, with {@code @Nullable}, and collects them. Types of the own package
 * and of {@code java.lang} go by their simple names.
 */
final class Signature {

  private final String ownPackage;
  private final Set<Class<?>> types = new LinkedHashSet<>();

  Signature(String ownPackage) {
    this.ownPackage = ownPackage;
  }

  /** The types of everything written so far. */
  Set<Class<?>> types() {
    return types;
  }

  String of(AnnotatedType type) {
    String nullable = type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
    if (type instanceof AnnotatedArrayType array) {
      String suffix = nullable.isEmpty() ? "[]" : " @Nullable []";
      return of(array.getAnnotatedGenericComponentType()) + suffix;
    }
    if (type instanceof AnnotatedWildcardType wildcard) {
      return wildcard.getAnnotatedLowerBounds().length > 0
          ? "? super " + of(wildcard.getAnnotatedLowerBounds()[0])
          : "?" + bounds(wildcard.getAnnotatedUpperBounds());
    }
    if (type.getType() instanceof TypeVariable<?> variable) {
      return nullable + variable.getName();
    }
    if (type instanceof AnnotatedParameterizedType generic) {
      String arguments =
          Arrays.stream(generic.getAnnotatedActualTypeArguments())
              .map(this::of)
              .collect(joining(", ", "<", ">"));
      return nullable
          + name((Class<?>) ((ParameterizedType) type.getType()).getRawType())
          + arguments;
    }
    return nullable + name((Class<?>) type.getType());
  }

  /** The bounds of a type variable or wildcard, or nothing if Object is the only one. */
  String bounds(AnnotatedType... bounds) {
    String text = Arrays.stream(bounds).map(this::of).collect(joining(" & "));
    return text.equals("Object") ? "" : " extends " + text;
  }

  private String name(Class<?> type) {
    types.add(type);
    String name = type.getCanonicalName() == null ? type.getName() : type.getCanonicalName();
    boolean near = Set.of(ownPackage, "java.lang").contains(type.getPackageName());
    return near && !type.isPrimitive() ? name.substring(type.getPackageName().length() + 1) : name;
  }
}
