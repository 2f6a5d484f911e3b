package dev.clap4j.training;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.AutoPgd;
import dev.clap4j.attack.SignedGradient;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.training.augment.ImageAugmentation;
import dev.clap4j.training.objective.ClapObjective;
import dev.clap4j.training.objective.ImAugObjective;
import dev.clap4j.training.objective.PairLoss;
import dev.clap4j.training.probe.LinearProbe;
import dev.clap4j.training.probe.ProbeOptions;
import dev.clap4j.training.probe.RegressionOptions;
import dev.clap4j.training.source.PromptSource;
import dev.clap4j.training.wordnet.WordNetSynonyms;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A null argument is refused by its name where it enters the library. */
class NullArgumentsTests {
    private static final ClapOptions CLAP = Defaults.forClasses(List.of("cat", "dog"), 16);
    private static final ImAugOptions IM_AUG = ImAugOptions.like(CLAP);
    private static final FeatureMatrix FEATURES = FeatureMatrix.ofRows(List.of("a"), 1, List.of(new float[] {1}));

    @TestFactory
    Stream<DynamicTest> areNamed() {
        return Map.<String, List<ThrowingCallable>>ofEntries(
                        Map.entry("clip", List.of(() -> Training.of(null), () -> ImAugTraining.of(null, null))),
                        Map.entry(
                                "classes",
                                List.of(
                                        () -> Defaults.forClasses(null, 16),
                                        () -> Preset.PACS.options(null, 16),
                                        () -> new PromptedImages(Path.of("a"), null, List.of()))),
                        Map.entry("class name", List.of(() -> Defaults.forClasses(Arrays.asList("cat", null), 16))),
                        Map.entry("network", List.of(() -> CLAP.withNetwork(null), () -> IM_AUG.withNetwork(null))),
                        Map.entry(
                                "objective", List.of(() -> CLAP.withObjective(null), () -> IM_AUG.withObjective(null))),
                        Map.entry(
                                "augmentation",
                                List.of(() -> CLAP.withAugmentation(null), () -> IM_AUG.withAugmentation(null))),
                        Map.entry("noise", List.of(() -> CLAP.withNoise(null))),
                        Map.entry("views", List.of(() -> IM_AUG.withViews(null))),
                        Map.entry("schedule", List.of(() -> CLAP.withSchedule(null), () -> IM_AUG.withSchedule(null))),
                        Map.entry("form", List.of(() -> new PairLoss(null, 1))),
                        Map.entry(
                                "text",
                                List.of(
                                        () -> new ClapObjective(null, PairLoss.ntXent(1), 1),
                                        () -> Views.parse(null),
                                        () -> ImageAugmentation.parse(null),
                                        () -> PromptSource.parse(null))),
                        Map.entry("content", List.of(() -> new ClapObjective(PairLoss.ntXent(1), null, 1))),
                        Map.entry("images", List.of(() -> new ImAugObjective(null))),
                        Map.entry("commaSeparated", List.of(() -> Attacks.parse(null))),
                        Map.entry("aim", List.of(() -> new AutoPgd(null, 1))),
                        Map.entry("loss", List.of(() -> new SignedGradient("PGD", null, 1, 1, false))),
                        Map.entry(
                                "features",
                                List.of(
                                        () -> LinearProbe.train(null, new int[1], 1, ProbeOptions.OFFICIAL, 0),
                                        () -> RegressionOptions.USUAL.train(null, new int[1], 1, 0))),
                        Map.entry("labels", List.of(() -> ProbeOptions.OFFICIAL.train(FEATURES, null, 1, 0))),
                        Map.entry("order", List.of(() -> ProbeOptions.OFFICIAL.withOrder(null))),
                        Map.entry("folder", List.of(() -> PromptedImages.read(null, warning -> {}))),
                        Map.entry("warnings", List.of(() -> PromptedImages.read(Path.of("a"), null))),
                        Map.entry("word", List.of(() -> new WordNetSynonyms().of(null))))
                .entrySet()
                .stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(call -> DynamicTest.dynamicTest(entry.getKey(), () -> assertThatThrownBy(call)
                                .isInstanceOf(NullPointerException.class)
                                .hasMessage(entry.getKey()))));
    }
}
