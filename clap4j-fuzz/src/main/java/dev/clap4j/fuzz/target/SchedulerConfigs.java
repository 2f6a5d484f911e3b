package dev.clap4j.fuzz.target;

import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.internal.diffusion.scheduler.Sampler;
import dev.clap4j.internal.diffusion.scheduler.Schedulers;
import dev.clap4j.internal.diffusion.scheduler.StepPlan;
import dev.clap4j.internal.io.JsonText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Configurations of the schedulers of diffusion models. */
final class SchedulerConfigs {
    private static final String FILE = "scheduler_config.json";
    private static final int MOST_BYTES = 1 << 20;
    private static final int STEPS = 4;

    private static final String TRAINING = """
            "_diffusers_version": "0.40.0", "num_train_timesteps": 100, "beta_start": 0.00085, "beta_end": 0.012,
            "beta_schedule": "scaled_linear", "trained_betas": null, "steps_offset": 1, "prediction_type": "epsilon",
            "timestep_spacing": "leading", "rescale_betas_zero_snr": true, "clip_sample": true, "set_alpha_to_one": false,
            """;

    private static final List<String> CLASSES = List.of(
            "\"_class_name\": \"DDIMScheduler\", \"thresholding\": true, \"sample_max_value\": 1.5,"
                    + " \"dynamic_thresholding_ratio\": 0.9, \"clip_sample_range\": 1.0",
            "\"_class_name\": \"PNDMScheduler\", \"skip_prk_steps\": true",
            "\"_class_name\": \"PNDMScheduler\", \"skip_prk_steps\": false",
            "\"_class_name\": \"EulerDiscreteScheduler\", \"interpolation_type\": \"log_linear\","
                    + " \"use_karras_sigmas\": true, \"sigma_min\": 0.05, \"sigma_max\": 12.0,"
                    + " \"timestep_type\": \"continuous\", \"final_sigmas_type\": \"sigma_min\"",
            "\"_class_name\": \"EulerAncestralDiscreteScheduler\"",
            "\"_class_name\": \"DPMSolverMultistepScheduler\", \"solver_order\": 3,"
                    + " \"algorithm_type\": \"sde-dpmsolver++\", \"solver_type\": \"heun\","
                    + " \"lower_order_final\": true, \"euler_at_final\": false, \"use_exponential_sigmas\": true,"
                    + " \"use_lu_lambdas\": false, \"lambda_min_clipped\": -5.1, \"variance_type\": null",
            "\"_class_name\": \"UniPCMultistepScheduler\", \"solver_order\": 3, \"solver_type\": \"bh1\","
                    + " \"predict_x0\": true, \"disable_corrector\": [0], \"use_beta_sigmas\": true,"
                    + " \"final_sigmas_type\": \"sigma_min\", \"solver_p\": null",
            "\"_class_name\": \"LCMScheduler\", \"original_inference_steps\": 50, \"timestep_scaling\": 10.0");

    private SchedulerConfigs() {}

    /** Returns a configuration of each class, with as many keys as possible. */
    static List<Input> published() {
        return Stream.concat(
                        CLASSES.stream(),
                        Stream.of("\"_class_name\": \"DDIMScheduler\", \"trained_betas\": [0.1, 0.2, 0.3, 0.4],"
                                + " \"num_train_timesteps\": 4"))
                .map(keys -> keys.contains("num_train_timesteps") ? "{" + keys + "}" : "{" + TRAINING + keys + "}")
                .map(text -> Input.of(FILE, text.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** Takes all steps, from noise and from a picture. */
    static void sample(Path folder) {
        Path file = folder.resolve(FILE);
        Sampler sampler = Schedulers.read(file, JsonText.readPythonObject(file, MOST_BYTES), 0)
                .sampler(StepPlan.of(STEPS));
        float[] sample = {1, -2, 0.5f};
        int calls = sampler.schedule().calls();
        for (int call = 0; call < calls; call++) {
            sample = sampler.step(call, sampler.input(call, sample), sample, () -> new float[] {0.1f, 0, -0.1f});
        }
        sampler.noised(calls - 1, sample, new float[] {0, 1, 2});
    }
}
