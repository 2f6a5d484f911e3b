package dev.clap4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Golden;
import dev.clap4j.training.objective.PairLoss;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PresetTests {
    @ParameterizedTest
    @CsvSource({
        "PACS,7,dog,person",
        "VLCS,5,bird,person",
        "OFFICEHOME,65,alarm clock,webcam",
        "DOMAINNET,345,aircraft carrier,zigzag"
    })
    void classesAreSortedAndComplete(Preset preset, int count, String first, String last) {
        List<String> classes = preset.classes();
        assertThat(classes).hasSize(count).doesNotHaveDuplicates().isSorted();
        assertThat(classes).startsWith(first).endsWith(last);
        assertThat(classes).allSatisfy(name -> assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT)));
    }

    /** The settings of every published run of the main results, whichever its preset. */
    @ParameterizedTest
    @EnumSource(Preset.class)
    void hyperparametersArePublished(Preset preset) throws IOException {
        JsonNode files = Golden.json("metrics/published_results.json");
        List<JsonNode> runs =
                files.valueStream().filter(run -> isMainResult(run, preset)).toList();
        assertThat(runs).isNotEmpty();
        for (JsonNode run : runs) {
            JsonNode published = run.get("hyperparameters");
            ClapOptions options = preset.options(published.get("out_dim").asInt());
            assertThat(options.network().latentDim())
                    .isEqualTo(published.get("latent_dim").asInt());
            assertThat(options.batchSize())
                    .isEqualTo(published.get("batch_size").asInt());
            assertThat(options.noise().vectors())
                    .isEqualTo(published.get("noise_len").asInt());
            assertThat(options.objective().contentWeight())
                    .isEqualTo(published.get("scale_coef").asDouble());
            assertThat(options.objective().text())
                    .isEqualTo(PairLoss.ntXent(published.get("tau_txt").asDouble()));
            assertThat(options.objective().content())
                    .isEqualTo(PairLoss.ntXent(published.get("tau_cnt").asDouble()));
            assertThat(options.learningRate())
                    .isEqualTo(published.get("learning_rate").asDouble());
            assertThat(options.schedule())
                    .isEqualTo(new Schedule(
                            published.get("total_steps").asInt(),
                            published.get("check_frequency").asInt(),
                            published.at("/early_stop/patience").asInt(),
                            published.at("/early_stop/delta").asDouble()));
            if (run.get("alpha_in_path").isNumber()) {
                assertThat((double) options.alpha())
                        .isCloseTo(run.get("alpha_in_path").asDouble(), within(1e-7));
            }
        }
    }

    private static boolean isMainResult(JsonNode run, Preset preset) {
        String[] path = run.get("file").asText().split("/", -1);
        return run.get("method").asText().equals("CLAP")
                && path[1].startsWith("Results_CLAP")
                && path[2].equalsIgnoreCase(preset.name())
                && !path[3].startsWith("Ablative");
    }

    @Test
    void otherModelsGetTheSamePartOfTheirDimension() {
        assertThat(Preset.PACS.options(64).network().latentDim()).isEqualTo(32);
        assertThat(Preset.PACS.options(640).network().latentDim()).isEqualTo(320);
        assertThat(Preset.VLCS.options(1024).network().latentDim()).isEqualTo(856);
        assertThat(Preset.VLCS.options(4).network().latentDim()).isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void defaultsForAsManyClassesAreLikeThePublishedOnes(Preset preset) {
        ClapOptions published = preset.options(512);
        ClapOptions defaults = Defaults.forClasses(preset.classes(), 512);
        assertThat(defaults.batchSize()).isEqualTo(published.batchSize());
        assertThat(defaults.objective()).isEqualTo(published.objective());
        assertThat(defaults.noise()).isEqualTo(published.noise());
    }

    @Test
    void theBorderLiesBehindTwentyClasses() {
        List<String> names =
                Stream.iterate(1, i -> i + 1).limit(21).map(i -> "c" + i).toList();
        assertThat(Defaults.forClasses(names.subList(0, 20), 512).noise().isOn())
                .isTrue();
        assertThat(Defaults.forClasses(names.subList(0, 20), 512).batchSize()).isEqualTo(24);
        assertThat(Defaults.forClasses(names, 512).noise().isOn()).isFalse();
        assertThat(Defaults.forClasses(names, 512).batchSize()).isEqualTo(32);
        assertThat(Defaults.forClasses(names.subList(0, 1), 512).batchSize()).isEqualTo(8);
    }
}
