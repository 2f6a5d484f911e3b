package dev.clap4j.cli;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The one-way street: a module knows only those above it, and no packages go in circles. */
class ModuleTests {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.clap4j");

    private static final String[] TRAINING = {
        "dev.clap4j.attack..",
        "dev.clap4j.training..",
        "dev.clap4j.internal.attack..",
        "dev.clap4j.internal.augment..",
        "dev.clap4j.internal.blas..",
        "dev.clap4j.internal.objective..",
        "dev.clap4j.internal.optimizer..",
        "dev.clap4j.internal.style..",
        "dev.clap4j.internal.training.."
    };

    private static final String[] PRETRAINING = {"dev.clap4j.pretraining..", "dev.clap4j.internal.torch.."};

    private static final String[] EVALUATION = {
        "dev.clap4j.experiment..",
        "dev.clap4j.report..",
        "dev.clap4j.plot..",
        "dev.clap4j.tsne..",
        "dev.clap4j.benchmark.."
    };

    @Test
    void modulesKnowOnlyThoseAboveThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.clap4j..")
                .layer("hub")
                .definedBy("dev.clap4j.hub..", "dev.clap4j.internal.hub..")
                .layer("parquet")
                .definedBy("dev.clap4j.internal.parquet..")
                .optionalLayer("diffusion")
                .definedBy("dev.clap4j.diffusion..", "dev.clap4j.internal.diffusion..")
                .layer("training")
                .definedBy(TRAINING)
                .layer("pretraining")
                .definedBy(PRETRAINING)
                .layer("evaluation")
                .definedBy(EVALUATION)
                .layer("iconworld")
                .definedBy("dev.clap4j.iconworld..")
                .layer("search")
                .definedBy("dev.clap4j.search..", "dev.clap4j.internal.search..")
                .layer("server")
                .definedBy("dev.clap4j.server..", "dev.clap4j.internal.server..")
                .layer("cli")
                .definedBy("dev.clap4j.cli..")
                .optionalLayer("bench")
                .definedBy("dev.clap4j.bench..")
                .optionalLayer("fuzz")
                .definedBy("dev.clap4j.fuzz..")
                .whereLayer("bench")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("fuzz")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayOnlyBeAccessedByLayers("fuzz")
                .whereLayer("hub")
                .mayOnlyBeAccessedByLayers("cli", "bench", "fuzz")
                .whereLayer("parquet")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("diffusion")
                .mayOnlyBeAccessedByLayers("cli", "bench", "fuzz")
                .whereLayer("search")
                .mayOnlyBeAccessedByLayers("server", "cli", "bench", "fuzz")
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("cli", "bench", "fuzz")
                .whereLayer("iconworld")
                .mayOnlyBeAccessedByLayers("cli", "bench", "fuzz")
                .whereLayer("evaluation")
                .mayOnlyBeAccessedByLayers("cli", "bench", "fuzz")
                .whereLayer("pretraining")
                .mayOnlyBeAccessedByLayers("cli", "bench", "fuzz")
                .whereLayer("training")
                .mayOnlyBeAccessedByLayers("pretraining", "evaluation", "cli", "bench", "fuzz")
                .check(CLASSES);
    }

    @Test
    void onlyPretrainingKnowsLibtorch() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages(PRETRAINING)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco.pytorch..")
                .check(CLASSES);
    }

    @Test
    void onlyTrainingKnowsBlas() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages(TRAINING)
                .and()
                .resideOutsideOfPackages(PRETRAINING)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(CLASSES);
    }

    @Test
    void onlySearchKnowsLucene() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages("dev.clap4j.search..", "dev.clap4j.internal.search..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.lucene..")
                .check(CLASSES);
    }

    @Test
    void onlyTheOnnxPackageKnowsOnnx() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("dev.clap4j.internal.onnx..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnxruntime..", "ai.onnx.proto..")
                .check(CLASSES);
    }

    @Test
    void packagesDoNotGoInCircles() {
        SlicesRuleDefinition.slices()
                .assignedFrom(new ByRoom())
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    /**
     * A slice for each package below {@code dev.clap4j} and {@code dev.clap4j.internal}, its subpackages included. Front
     * doors belong to none, no more than {@code dev.clap4j} itself does: they lead from the options to the machine that
     * takes them. {@code internal.head} is the hidden part of {@code head}.
     */
    private static final class ByRoom implements SliceAssignment {
        private static final List<String> FRONT_DOORS =
                List.of("dev.clap4j.training.Training", "dev.clap4j.training.ImAugTraining");
        private static final Pattern ROOM = Pattern.compile("dev\\.clap4j\\.(internal\\.\\w+|\\w+).*");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            if (FRONT_DOORS.stream().anyMatch(door -> type.getName().matches(door + "(\\$.*)?"))) {
                return SliceIdentifier.ignore();
            }
            Matcher room = ROOM.matcher(type.getPackageName());
            return room.matches()
                    ? SliceIdentifier.of(room.group(1).replace("internal.head", "head"))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages below dev.clap4j and dev.clap4j.internal";
        }
    }
}
