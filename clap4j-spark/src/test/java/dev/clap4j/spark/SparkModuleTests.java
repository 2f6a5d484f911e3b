package dev.clap4j.spark;

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
 * users need not download Spark.
 */
class SparkModuleTests {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void publicTypesAreThese() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
                        .filter(type -> !type.getPackageName().contains(".internal."))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "ClapImages",
                        "ClapTexts",
                        "ClapTransformer",
                        "ClassifyImages",
                        "EmbedImages",
                        "EvaluateZeroShot",
                        "NearDuplicates",
                        "SampleFewShot");
    }

    @Test
    void theFrontDoorLeadsInsideAndNotBack() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("dev.clap4j.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.clap4j.spark..")
                .check(CLASSES);
    }
}
