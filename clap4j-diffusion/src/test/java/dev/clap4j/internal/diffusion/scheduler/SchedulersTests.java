package dev.clap4j.internal.diffusion.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulersTests {
    private static final Path CONFIG = Path.of("model/scheduler/scheduler_config.json");
    private static final Noise NONE = () -> {
        throw new AssertionError("no noise is expected");
    };

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JsonText.parse(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Scheduler read(String keys) {
        return Schedulers.read(CONFIG, json("{" + keys + "}"), 0);
    }

    private static Scheduler of(String className, String keys) {
        return read("'_class_name': '" + className + "Scheduler'" + (keys.isEmpty() ? "" : ", " + keys));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    DDIM                   | 'beta_start': 'little'           | beta_start is "little", expected a number above 0
                    DDIM                   | 'beta_start': 2                  | below 1, but one is 2.0
                    DDIM                   | 'beta_schedule': 'sigmoid'       | one of linear, scaled_linear, squaredcos_cap_v2
                    DDIM                   | 'num_train_timesteps': 100000000 | a whole number from 1 to 100000
                    DDIM                   | 'num_train_timesteps': 10.5      | a whole number from 1 to 100000
                    DDIM                   | 'trained_betas': [0.1, 0.2]      | trained_betas are 2, but num_train_timesteps is 1000
                    DDIM                   | 'trained_betas': ['a']           | a list of numbers
                    DDIM                   | 'clip_sample': 1                 | true or false
                    DDIM                   | 'timestep_spacing': 'even'       | one of leading, linspace, trailing
                    DDIM                   | 'prediction_type': 'flow'        | one of epsilon, sample, v_prediction
                    DDIM                   | 'dynamic_thresholding_ratio': 2  | a number above 0, at most 1
                    DDIM                   | 'steps_offset': -1               | a whole number from 0 to 1000
                    DDIM                   | 'timestep_spacin': 'leading'     | did you mean timestep_spacing?
                    DDIM                   | 'wobble': 7                      | wobble is 7, but no scheduler has this key
                    PNDM                   | 'prediction_type': 'sample'      | one of epsilon, v_prediction
                    EulerDiscrete          | 'interpolation_type': 'cubic'    | one of linear, log_linear
                    EulerDiscrete          | 'sigma_min': 0                   | a number above 0
                    EulerDiscrete          | 'use_karras_sigmas': true, 'use_beta_sigmas': true | only one of them can be
                    EulerAncestralDiscrete | 'prediction_type': 'sample'      | one of epsilon, v_prediction
                    DPMSolverMultistep     | 'use_flow_sigmas': true          | nothing else is supported
                    DPMSolverMultistep     | 'variance_type': 'learned'       | nothing else is supported
                    DPMSolverMultistep     | 'algorithm_type': 'dpmsolver'    | cannot remove all noise
                    DPMSolverMultistep     | 'algorithm_type': 'sde-dpmsolver', 'final_sigmas_type': 'sigma_min', 'solver_order': 3 | no third order
                    DPMSolverMultistep     | 'solver_order': 4                | a whole number from 1 to 3
                    DPMSolverMultistep     | 'lambda_min_clipped': 100        | at least one timestep
                    UniPCMultistep         | 'solver_p': {'_class_name': 'DDIMScheduler'} | nothing else is supported
                    UniPCMultistep         | 'predict_x0': false              | final_sigmas_type
                    LCM                    | 'original_inference_steps': 2000 | a whole number from 1 to 1000
                    """)
    void keys_are_obeyed_or_refused_by_name(String className, String keys, String message) {
        assertThatThrownBy(() -> of(className, keys))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("scheduler_config.json")
                .hasMessageContaining(message);
    }

    @Test
    void keys_of_other_classes_are_carried_along() {
        float[] plain = firstStep(of("DDIM", ""));

        assertThat(firstStep(
                        of("DDIM", "'skip_prk_steps': true, 'use_karras_sigmas': true, '_diffusers_version': '0.6.0'")))
                .isEqualTo(plain);
        assertThat(firstStep(of("DDIM", "'trained_betas': null, 'clip_sample': null")))
                .isEqualTo(plain);
        assertThat(firstStep(of("DDIM", "'clip_sample': false"))).isNotEqualTo(plain);
    }

    private static float[] firstStep(Scheduler scheduler) {
        return scheduler.sampler(StepPlan.of(3)).step(0, new float[] {1, -2}, new float[] {9, 4}, NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Infinity", "\"-inf\"", "\"-Infinity\"", "null", "-50.0"})
    void limits_may_be_infinite_as_python_writes_them(String limit, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("scheduler_config.json");
        Files.writeString(
                file, "{\"_class_name\": \"DPMSolverMultistepScheduler\", \"lambda_min_clipped\": " + limit + "}");

        Scheduler scheduler = Schedulers.read(file, JsonText.readPythonObject(file, 1000), 0);

        assertThat(scheduler.sampler(StepPlan.of(3)).schedule().timesteps())
                .isEqualTo(of("DPMSolverMultistep", "")
                        .sampler(StepPlan.of(3))
                        .schedule()
                        .timesteps());
    }

    @ParameterizedTest
    @ValueSource(strings = {"beta_start", "sigma_min", "steps_offset", "lambda_min_clipped", "solver_order"})
    void other_numbers_may_not_be_infinite_or_undefined(String key, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("scheduler_config.json");
        for (String value : List.of("NaN", "Infinity")) {
            Files.writeString(
                    file, "{\"_class_name\": \"DPMSolverMultistepScheduler\", \"" + key + "\": " + value + "}");

            assertThatThrownBy(() -> Schedulers.read(file, JsonText.readPythonObject(file, 1000), 0))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining(key);
        }
    }

    @Test
    void unknown_classes_are_refused() {
        assertThatThrownBy(() -> of("DDMI", ""))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("did you mean DDIMScheduler?");
        assertThatThrownBy(() -> read("'steps_offset': 1")).isInstanceOf(ClapException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DDIM", "PNDM", "EulerDiscrete", "EulerAncestralDiscrete", "DPMSolverMultistep", "LCM"})
    void too_many_steps_are_refused(String className) {
        assertThatThrownBy(() -> of(className, "").sampler(StepPlan.of(1001)))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void timesteps_beyond_training_are_refused() {
        assertThatThrownBy(() -> of("DDIM", "'steps_offset': 5").sampler(StepPlan.of(1000)))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("lower steps_offset");
        assertThatThrownBy(() -> of("EulerDiscrete", "").sampler(new StepPlan.Timesteps(new double[] {1000, 5})))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("1000");
    }

    @Test
    void rounding_adds_no_trailing_timestep() {
        for (int steps = 1; steps <= 1000; steps++) {
            assertThat(TimestepSpacing.TRAILING.timesteps(1000, steps, 0)).hasSize(steps);
        }
    }

    @Test
    void pndm_with_runge_kutta_steps_must_begin_at_noise() {
        Sampler sampler = of("PNDM", "").sampler(StepPlan.of(10));
        float[] sample = {1};

        assertThatThrownBy(() -> sampler.step(4, sample, sample, NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("choose another scheduler");
    }

    @Test
    void only_ddim_takes_eta() {
        ObjectNode config = json("{'_class_name': 'PNDMScheduler'}");

        assertThatThrownBy(() -> Schedulers.read(CONFIG, config, 0.5)).isInstanceOf(ClapException.class);
        assertThatThrownBy(() -> Schedulers.read(CONFIG, config.put("_class_name", "DDIMScheduler"), 1.5))
                .isInstanceOf(ClapException.class);
    }

    @Test
    void every_choice_takes_the_keys_of_a_model() {
        ObjectNode own = json("{'_class_name': 'PNDMScheduler', 'skip_prk_steps': true, 'steps_offset': 1,"
                + " 'beta_schedule': 'scaled_linear', 'clip_sample': false, 'set_alpha_to_one': false}");

        for (String name : Schedulers.names()) {
            Sampler sampler =
                    Schedulers.read(CONFIG, Schedulers.chosen(name, own), 0).sampler(StepPlan.of(4));
            assertThat(sampler.schedule().calls()).isBetween(4, 5);
        }
        assertThatThrownBy(() -> Schedulers.chosen("eular", own))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("did you mean euler?");
    }
}
