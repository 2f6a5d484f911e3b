package dev.clap4j.internal.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Golden;
import dev.clap4j.internal.io.SafetensorsFile;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuidanceTests {
    /** The angles are up to 1000 times the guidance, in single precision. */
    private static final Offset<Float> EMBEDDING = within(1e-4f);

    private static final String SUFFIX = ".guidance_minus_1";

    private record Embedding(String pipeline, String name) {
        SafetensorsFile tensors() {
            return Golden.tensors("diffusion/" + pipeline + "/modules.safetensors");
        }
    }

    static Stream<Embedding> embeddings() {
        List<Embedding> all = Golden.folders("diffusion", "model/unet").stream()
                .flatMap(pipeline -> Golden.tensors("diffusion/" + pipeline + "/modules.safetensors").names().stream()
                        .filter(name -> name.endsWith(SUFFIX))
                        .map(name -> new Embedding(pipeline, name)))
                .toList();
        return Golden.present("diffusion/*/modules.safetensors: " + SUFFIX, all).stream();
    }

    @ParameterizedTest
    @MethodSource("embeddings")
    void embeddings_match(Embedding golden) {
        float[] guidance = golden.tensors().get(golden.name()).toFloats();
        float[] expected = golden.tensors()
                .get(golden.name().replace(SUFFIX, ".timestep_cond"))
                .toFloats();
        int dim = expected.length / guidance.length;
        for (int i = 0; i < guidance.length; i++) {
            float[] embedding = Guidance.embedding(guidance[i] + 1, dim);
            for (int k = 0; k < dim; k++) {
                assertThat(embedding[k]).isCloseTo(expected[i * dim + k], EMBEDDING);
            }
        }
    }

    @Test
    void an_odd_dimension_ends_with_zero() {
        float[] embedding = Guidance.embedding(3, 7);

        assertThat(embedding[6]).isZero();
        assertThat(embedding).startsWith(Guidance.embedding(3, 6));
    }

    @Test
    void guidance_extrapolates_from_the_prediction_without_the_prompt() {
        float[] without = {1, 2, 3};
        float[] with = {2, 1, 5};

        assertThat(Guidance.guided(without, with, 0, 0)).containsExactly(1, 2, 3);
        assertThat(Guidance.guided(without, with, 1, 0)).containsExactly(2, 1, 5);
        assertThat(Guidance.guided(without, with, 3, 0)).containsExactly(4, -1, 9);
    }

    @Test
    void rescaled_guidance_has_the_deviation_of_the_prediction_with_the_prompt() {
        float[] without = {1, 2, 3, -4};
        float[] with = {2, 1, 5, 0};

        float[] whole = Guidance.guided(without, with, 7, 1);
        float[] half = Guidance.guided(without, with, 7, 0.5);
        float[] none = Guidance.guided(without, with, 7, 0);

        assertThat(deviation(whole)).isCloseTo(deviation(with), within(1e-5));
        for (int i = 0; i < whole.length; i++) {
            assertThat(half[i]).isCloseTo((whole[i] + none[i]) / 2, within(1e-5f));
        }
    }

    private static double deviation(float[] values) {
        double mean = 0;
        double squares = 0;
        for (float value : values) {
            mean += value / values.length;
        }
        for (float value : values) {
            squares += Math.pow(value - mean, 2) / (values.length - 1);
        }
        return Math.sqrt(squares);
    }
}
