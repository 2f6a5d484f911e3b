package dev.clap4j.internal.diffusion.scheduler;

import static dev.clap4j.internal.diffusion.Differences.difference;
import static dev.clap4j.internal.diffusion.Differences.largest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.Golden;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Loops of the reference implementation, in single precision; the tolerances are those of the folder's README, or twice
 * the difference between single and double precision where that is more.
 */
class SchedulerGoldenTests {
    private static final String FOLDER = "diffusion/schedulers/";
    private static final Path CONFIG = Path.of("scheduler_config.json");
    private static final double LATENTS = 2e-5;

    /** PNDM's sums of betas from 0.01 on differ by 2.4e-5 from those published, in the reference itself. */
    private static final double PUBLISHED = 5e-5;

    private static final double SIGMAS = 2e-5;
    private static final double SIGMAS_ABSOLUTE = 2e-6;
    private static final double FRACTIONS = 1e-5;
    private static final double ALPHAS = 1e-6;

    private static final Map<String, String> CLASSES = Map.of(
            "ddim", "DDIMScheduler",
            "pndm", "PNDMScheduler",
            "euler", "EulerDiscreteScheduler",
            "euler_a", "EulerAncestralDiscreteScheduler",
            "dpmpp", "DPMSolverMultistepScheduler",
            "unipc", "UniPCMultistepScheduler",
            "lcm", "LCMScheduler");

    private static JsonNode json() {
        return Golden.json(FOLDER + "traces.json");
    }

    private static SafetensorsFile tensors() {
        return Golden.tensors(FOLDER + "traces.safetensors");
    }

    private static List<String> names(JsonNode node, String holding) {
        return node.properties().stream()
                .filter(entry -> entry.getValue().has(holding))
                .map(Map.Entry::getKey)
                .toList();
    }

    static Stream<String> traces() {
        return Golden.present("traces", names(json(), "set_timesteps")).stream();
    }

    static Stream<String> published() {
        return Golden.present("published", names(json().path("published"), "steps")).stream();
    }

    static Stream<String> tables() {
        return names(json(), "config").stream().filter(name -> name.startsWith("alphas_cumprod"));
    }

    private static Scheduler scheduler(String name, JsonNode trace) {
        ObjectNode config = trace.get("config").deepCopy();
        config.put("_class_name", CLASSES.get(name.substring(0, name.indexOf('.'))));
        return Schedulers.read(CONFIG, config, trace.path("eta").asDouble(0));
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static StepPlan plan(JsonNode arguments) {
        if (arguments.has("sigmas")) {
            return new StepPlan.Sigmas(doubles(arguments.get("sigmas")));
        }
        if (arguments.has("timesteps")) {
            return new StepPlan.Timesteps(doubles(arguments.get("timesteps")));
        }
        int steps = arguments.get("num_inference_steps").asInt();
        int original = arguments.path("original_inference_steps").asInt();
        double strength = arguments.path("strength").asDouble(1);
        return original == 0 && strength == 1 ? StepPlan.of(steps) : new StepPlan.Distilled(steps, original, strength);
    }

    /** The model of the loops: a prediction that shrinks with time. */
    private static float[] model(float[] input, float timestep) {
        float[] output = new float[input.length];
        for (int i = 0; i < input.length; i++) {
            output[i] = input[i] * timestep / (timestep + 1);
        }
        return output;
    }

    private static float[] scaled(float[] values, float factor) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = values[i] * factor;
        }
        return scaled;
    }

    private static Noise rows(SafetensorsFile tensors, String name) {
        if (!tensors.names().contains(name)) {
            return () -> {
                throw new AssertionError("The scheduler draws noise, unlike the reference");
            };
        }
        TensorData noise = tensors.get(name);
        Iterator<Integer> next = IntStream.range(0, (int) noise.shape()[0]).iterator();
        return () -> noise.rows(next.next(), 1).toFloats();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void alphas_match(String name) {
        ObjectNode config = (ObjectNode) json().get(name).get("config");
        SchedulerConfig section = new SchedulerConfig(CONFIG, config);

        NoiseSchedule schedule = NoiseSchedule.read(section).rescaledIfAsked(section);

        assertThat(difference(schedule.alphas(), tensors().get(name).toFloats()))
                .isLessThanOrEqualTo(ALPHAS);
    }

    @ParameterizedTest
    @MethodSource("traces")
    void traces_match(String name) {
        JsonNode trace = json().get(name);
        JsonNode precision = Golden.json(FOLDER + "fp32_vs_fp64.json").path(name);
        SafetensorsFile tensors = tensors();
        Sampler sampler = scheduler(name, trace).sampler(plan(trace.get("set_timesteps")));

        requireSchedule(name, trace, precision, sampler.schedule(), tensors);

        double tolerance =
                Math.max(LATENTS, 2 * precision.path("latents_rel_diff").asDouble());
        Noise noise = rows(tensors, name + ".noise");
        float[] timesteps = sampler.schedule().timesteps();
        TensorData latents = tensors.get(name + ".latents");
        float[] before =
                scaled(tensors.get("sample").toFloats(), sampler.schedule().initialScale());
        float[] sample = before;
        for (int step = 0; step < timesteps.length; step++) {
            float[] input = sampler.input(step, sample);
            sample = sampler.step(step, model(input, timesteps[step]), sample, noise);
            float[] expected = latents.rows(step, 1).toFloats();
            double scale = Math.max(largest(expected), largest(before));
            assertThat(difference(sample, expected) / scale).as("step " + step).isLessThanOrEqualTo(tolerance);
            before = expected;
        }
        requireNoised(name, trace, precision, sampler, tensors);
    }

    private static void requireSchedule(
            String name, JsonNode trace, JsonNode precision, Schedule schedule, SafetensorsFile tensors) {
        double[] timesteps = doubles(trace.get("timesteps"));
        boolean whole = trace.get("timesteps_dtype").asText().startsWith("int");
        assertThat(schedule.timesteps()).hasSameSizeAs(timesteps);
        for (int i = 0; i < timesteps.length; i++) {
            double allowed = whole ? precision.path("timesteps_diff").asDouble() : FRACTIONS * Math.abs(timesteps[i]);
            assertThat((double) schedule.timesteps()[i]).isCloseTo(timesteps[i], within(allowed));
        }
        double scale = trace.get("init_noise_sigma").asDouble();
        double relative =
                Math.max(SIGMAS, 2 * precision.path("init_noise_sigma_rel_diff").asDouble());
        assertThat((double) schedule.initialScale()).isCloseTo(scale, within(relative * scale));
        if (!tensors.names().contains(name + ".sigmas")) {
            return;
        }
        float[] sigmas = tensors.get(name + ".sigmas").toFloats();
        double allowed = Math.max(SIGMAS, 4 * precision.path("sigmas_rel_diff").asDouble());
        assertThat(schedule.sigmas()).hasSameSizeAs(sigmas);
        for (int i = 0; i < sigmas.length; i++) {
            assertThat((double) schedule.sigmas()[i])
                    .isCloseTo(sigmas[i], within(allowed * sigmas[i] + SIGMAS_ABSOLUTE));
        }
    }

    /** The reference finds the step of a time by value, the second if there are several. */
    private static void requireNoised(
            String name, JsonNode trace, JsonNode precision, Sampler sampler, SafetensorsFile tensors) {
        double[] timesteps = doubles(trace.get("timesteps"));
        double time = trace.get("add_noise_at").asDouble();
        int[] steps = IntStream.range(0, timesteps.length)
                .filter(i -> timesteps[i] == time)
                .toArray();
        float[] noised = sampler.noised(
                steps[Math.min(1, steps.length - 1)],
                tensors.get("sample").toFloats(),
                tensors.get("add_noise.noise").toFloats());
        float[] expected = tensors.get(name + ".add_noise").toFloats();
        double tolerance =
                Math.max(LATENTS, 4 * precision.path("sigmas_rel_diff").asDouble());
        assertThat(difference(noised, expected) / largest(expected)).isLessThanOrEqualTo(tolerance);
    }

    @ParameterizedTest
    @MethodSource("published")
    void figures_of_published_tests_are_reproduced(String name) {
        JsonNode loop = json().get("published").get(name);
        SafetensorsFile tensors = tensors();
        TensorData result = tensors.get("published." + name + ".result");
        int rows = (int) result.shape()[0];
        int size = (int) (result.elements() / rows);

        double sum = 0;
        for (int row = 0; row < rows; row++) {
            float[] largest = new float[1];
            float[] sample = row(loop, name, row, rows, size, largest);
            float[] expected = result.rows(row, 1).toFloats();
            assertThat(difference(sample, expected)).isLessThanOrEqualTo(PUBLISHED * largest[0]);
            sum += IntStream.range(0, size)
                    .mapToDouble(i -> Math.abs(sample[i]))
                    .sum();
        }

        JsonNode publishedSum = loop.path("published_sum_abs");
        if (publishedSum.isNumber() && loop.get("reproduced").asBoolean()) {
            assertThat(sum).isCloseTo(publishedSum.asDouble(), within(1e-2));
        }
        assertThat(sum / (rows * size)).isCloseTo(loop.get("published_mean_abs").asDouble(), within(1e-3));
    }

    private static float[] row(JsonNode loop, String name, int row, int rows, int size, float[] largest) {
        SafetensorsFile tensors = tensors();
        Sampler sampler =
                scheduler(name, loop).sampler(StepPlan.of(loop.get("steps").asInt()));
        float[] timesteps = sampler.schedule().timesteps();
        float[] sample =
                scaled(published(row, rows, size, false), sampler.schedule().initialScale());
        int first = loop.path("t_start").asInt(0);
        if (loop.get("t_start").isNumber()) {
            sample = sampler.noised(first, sample, published(row, rows, size, true));
        }
        String noiseName = "published." + name + ".noise";
        int[] draw = {0};
        Noise noise = () -> tensors.get(noiseName)
                .rows(draw[0]++, 1)
                .reshape(rows, size)
                .rows(row, 1)
                .toFloats();
        for (int step = first; step < timesteps.length; step++) {
            largest[0] = Math.max(largest[0], (float) largest(sample));
            float[] input = sampler.input(step, sample);
            boolean scaledGoesIn = loop.get("scaled_sample_goes_into_step").asBoolean();
            sample = sampler.step(step, model(input, timesteps[step]), scaledGoesIn ? input : sample, noise);
        }
        return sample;
    }

    /** One row of a ramp from 0 to 1, laid out as the reference's tests permute it, or of the same reversed. */
    private static float[] published(int row, int rows, int size, boolean reversed) {
        int all = rows * size;
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            int at = i * rows + row;
            values[i] = (reversed ? all - 1 - at : at) / (float) all;
        }
        return values;
    }
}
