package dev.clap4j.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@code ModuleTests} and {@code PublicTypesTests} for this module, which the command line does not know: its
 * users need no LangChain4j.
 */
class LangChain4jModuleTests {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void publicTypesAreThese() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
                        .map(JavaClass::getSimpleName))
                .containsExactly("ClapEmbeddingModel");
    }

    @Test
    void knowsNoOtherModuleThanTheCore() {
        ArchRuleDefinition.classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.clap4j",
                        "dev.clap4j.feature..",
                        "dev.clap4j.head..",
                        "dev.clap4j.internal.checkpoint..",
                        "dev.clap4j.internal.clip..",
                        "dev.clap4j.internal.tokenizer..",
                        "dev.clap4j.langchain4j..",
                        "dev.langchain4j..",
                        "org.slf4j..",
                        "java..")
                .check(CLASSES);
    }
}
