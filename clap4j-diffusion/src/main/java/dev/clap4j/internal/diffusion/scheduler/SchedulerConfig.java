package dev.clap4j.internal.diffusion.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.JsonText;
import dev.clap4j.internal.io.NearestName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A {@code scheduler_config.json}. Absent and null values have the defaults of the scheduler's class in diffusers;
 * present ones must be valid. Keys that the class does not know but another class does are carried along by diffusers
 * without effect, and are ignored here for that reason; any other key is an error.
 */
final class SchedulerConfig {
    /** Keys of any scheduler of diffusers that has betas. */
    private static final Set<String> CARRIED = Set.of(
            "algorithm_type",
            "beta_end",
            "beta_schedule",
            "beta_start",
            "clip_sample",
            "clip_sample_range",
            "corrector_order",
            "disable_corrector",
            "dynamic_thresholding_ratio",
            "eta",
            "euler_at_final",
            "final_sigmas_type",
            "flow_shift",
            "interpolation_type",
            "lambda_min_clipped",
            "lower_order_final",
            "noise_sampler_seed",
            "num_train_timesteps",
            "original_inference_steps",
            "predict_x0",
            "prediction_type",
            "predictor_order",
            "rescale_betas_zero_snr",
            "sample_max_value",
            "set_alpha_to_one",
            "shift_terminal",
            "sigma_max",
            "sigma_min",
            "skip_prk_steps",
            "snr_shift_scale",
            "solver_order",
            "solver_p",
            "solver_type",
            "steps_offset",
            "tau_func",
            "thresholding",
            "time_shift_type",
            "timestep_scaling",
            "timestep_spacing",
            "timestep_type",
            "trained_betas",
            "use_beta_sigmas",
            "use_dynamic_shifting",
            "use_exponential_sigmas",
            "use_flow_sigmas",
            "use_karras_sigmas",
            "use_lu_lambdas",
            "variance_type");

    private final Path path;
    private final ObjectNode node;
    private final Set<String> read = new HashSet<>();

    SchedulerConfig(Path path, ObjectNode node) {
        this.path = path;
        this.node = node;
    }

    boolean has(String key) {
        read.add(key);
        return node.hasNonNull(key);
    }

    private JsonNode value(String key) {
        return has(key) ? node.get(key) : node.path("");
    }

    boolean flag(String key, boolean byDefault) {
        JsonNode value = value(key);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw unexpected(key, "true or false");
        }
        return value.asBoolean(byDefault);
    }

    int count(String key, int byDefault, int least, int most) {
        JsonNode value = value(key);
        if (value.isMissingNode()) {
            return byDefault;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < least || value.asInt() > most) {
            throw unexpected(key, "a whole number from " + least + " to " + most);
        }
        return value.asInt();
    }

    /** Reads a number, which must be greater than {@code above}, and finite. */
    double number(String key, double byDefault, double above) {
        JsonNode value = value(key);
        if (value.isMissingNode()) {
            return byDefault;
        }
        double number = value.asDouble();
        if (!value.isNumber() || !(number > above) || Double.isInfinite(number)) {
            throw unexpected(key, "a number above " + above);
        }
        return number;
    }

    /** Reads a limit that may be absent, negative infinity: as a number, or as Python writes it in a text. */
    double limit(String key) {
        JsonNode value = value(key);
        if (value.isMissingNode() || value.asText().matches("-[Ii]nf(inity)?")) {
            return Double.NEGATIVE_INFINITY;
        }
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw unexpected(key, "a number, or -inf");
        }
        return value.asDouble();
    }

    List<Double> numbers(String key) {
        JsonNode value = value(key);
        if (!value.isMissingNode() && !value.isArray()) {
            throw unexpected(key, "a list of numbers");
        }
        List<Double> numbers = new ArrayList<>();
        value.forEach(number -> {
            if (!number.isNumber() || !Double.isFinite(number.asDouble())) {
                throw unexpected(key, "a list of numbers");
            }
            numbers.add(number.asDouble());
        });
        return numbers;
    }

    /** Reads one of a few names. */
    String name(String key, String byDefault, String... others) {
        JsonNode value = value(key);
        Set<String> allowed = new TreeSet<>(List.of(others));
        allowed.add(byDefault);
        if (!value.isMissingNode() && !(value.isTextual() && allowed.contains(value.asText()))) {
            throw unexpected(key, allowed.size() == 1 ? byDefault : "one of " + String.join(", ", allowed));
        }
        return value.asText(byDefault);
    }

    /** Refuses a feature that is switched on. */
    void requireOff(String key) {
        JsonNode value = value(key);
        if (!value.isMissingNode() && !(value.isBoolean() && !value.asBoolean())) {
            throw unexpected(key, "false or null; nothing else is supported");
        }
    }

    /** Takes note of keys that the class has, but which change nothing in its computation. */
    void withoutEffect(String... keys) {
        read.addAll(List.of(keys));
    }

    /** Rejects keys that no scheduler has. */
    void requireNothingElse() {
        node.properties().forEach(entry -> {
            String key = entry.getKey();
            if (!read.contains(key) && !CARRIED.contains(key) && !key.startsWith("_")) {
                throw new ClapException(path + ": " + key + " is " + JsonText.shown(entry.getValue())
                        + ", but no scheduler has this key" + NearestName.hint(key, CARRIED)
                        + "; remove it if it changes nothing");
            }
        });
    }

    ClapException unexpected(String key, String expected) {
        return new ClapException(
                path + ": " + key + " is " + JsonText.shown(node.path(key)) + ", expected " + expected);
    }

    ClapException invalid(String what) {
        return new ClapException(path + ": " + what);
    }
}
