package dev.clap4j.internal.diffusion.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.NearestName;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The schedulers that are known, by their names in diffusers and here. */
public final class Schedulers {
    private enum Kind {
        DDIM("DDIMScheduler"),
        PNDM("PNDMScheduler"),
        EULER("EulerDiscreteScheduler"),
        EULER_ANCESTRAL("EulerAncestralDiscreteScheduler"),
        DPM("DPMSolverMultistepScheduler"),
        UNIPC("UniPCMultistepScheduler"),
        LCM("LCMScheduler");

        private final String className;

        Kind(String className) {
            this.className = className;
        }
    }

    /** Schedulers that a user may choose; with Karras's sigmas or without, where that is said. */
    private enum Choice {
        DDIM(Kind.DDIM, null),
        PNDM(Kind.PNDM, null),
        EULER(Kind.EULER, false),
        EULER_KARRAS(Kind.EULER, true),
        EULER_ANCESTRAL(Kind.EULER_ANCESTRAL, null),
        DPM(Kind.DPM, false),
        DPM_KARRAS(Kind.DPM, true),
        UNIPC(Kind.UNIPC, null),
        LCM(Kind.LCM, null);

        private final Kind kind;
        private final Boolean karras;

        Choice(Kind kind, Boolean karras) {
            this.kind = kind;
            this.karras = karras;
        }

        String written() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private Schedulers() {}

    /** Returns the names by which a user may choose a scheduler. */
    public static List<String> names() {
        return Stream.of(Choice.values()).map(Choice::written).toList();
    }

    /**
     * Returns the configuration of another scheduler with the keys of a model's own, as far as it knows them.
     *
     * @param name one of {@link #names}
     * @throws ClapException if there is no such scheduler
     */
    public static ObjectNode chosen(String name, ObjectNode own) {
        Choice choice = Stream.of(Choice.values())
                .filter(one -> one.written().equals(name))
                .findFirst()
                .orElseThrow(() -> new ClapException("There is no scheduler " + name + NearestName.hint(name, names())
                        + "; there are " + String.join(", ", names())));
        ObjectNode config = own.deepCopy().put("_class_name", choice.kind.className);
        if (choice.karras != null) {
            config.put("use_karras_sigmas", choice.karras);
        }
        return config;
    }

    /**
     * Returns a scheduler.
     *
     * @param path the configuration's file, for messages
     * @param config the content of a {@code scheduler_config.json}
     * @param eta noise that DDIM adds, relative to that of DDPM, from 0 to 1
     * @throws ClapException if a value is invalid, or a feature is not supported
     */
    public static Scheduler read(Path path, ObjectNode config, double eta) {
        Kind kind = kind(path, config);
        if (!(eta >= 0 && eta <= 1)) {
            throw new ClapException("Eta should be from 0 to 1, but is " + eta);
        }
        if (eta > 0 && kind != Kind.DDIM) {
            throw new ClapException("Only DDIM takes an eta, but the scheduler is " + kind.className);
        }
        SchedulerConfig section = new SchedulerConfig(path, config);
        Scheduler scheduler =
                switch (kind) {
                    case DDIM -> Ddim.read(section, eta);
                    case PNDM -> Pndm.read(section);
                    case EULER -> EulerDiscrete.read(section);
                    case EULER_ANCESTRAL -> EulerAncestral.read(section);
                    case DPM -> DpmSolverMultistep.read(section);
                    case UNIPC -> UniPc.read(section);
                    case LCM -> Lcm.read(section);
                };
        section.requireNothingElse();
        return scheduler;
    }

    private static Kind kind(Path path, ObjectNode config) {
        String name = config.path("_class_name").asText("");
        List<String> known =
                Arrays.stream(Kind.values()).map(kind -> kind.className).toList();
        return Stream.of(Kind.values())
                .filter(kind -> kind.className.equals(name))
                .findFirst()
                .orElseThrow(() -> new ClapException(path + ": _class_name is \"" + name + "\""
                        + NearestName.hint(name, known) + ", expected one of " + String.join(", ", known)));
    }
}
