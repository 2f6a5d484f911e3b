package dev.clap4j;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A device for encoders: the processor, or an accelerator through one of ONNX Runtime's execution providers.
 *
 * <p>ONNX Runtime's usual artifact supports the processor and, on a Mac, CoreML. The others need another build of it
 * in place of {@code com.microsoft.onnxruntime:onnxruntime}. A device that cannot be used is an error when a model is
 * loaded; nothing falls back to the processor unasked.
 *
 * @param kind the kind of device
 * @param index which of several devices of a kind, from 0; 0 where there can be only one
 */
public record Device(Kind kind, int index) {
    /** A kind of device. */
    public enum Kind {
        /** The processor. */
        CPU(false),
        /** An NVIDIA GPU; needs the artifact {@code onnxruntime_gpu}, CUDA and cuDNN. */
        CUDA(true),
        /** Apple's Neural Engine and GPU. */
        COREML(false),
        /** A GPU on Windows; needs a build of ONNX Runtime with DirectML. */
        DIRECTML(true),
        /** The first of CUDA, DirectML and CoreML that works here, the processor if none does. */
        AUTO(false);

        private final boolean numbered;

        Kind(boolean numbered) {
            this.numbered = numbered;
        }

        /** Returns the name used on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the index.
     *
     * @throws ClapException if it is negative, or not 0 for a kind of which there is only one device
     */
    public Device {
        if (index < 0 || (index > 0 && !kind.numbered)) {
            throw new ClapException("There is no device " + kind + ":" + index);
        }
    }

    /** Returns the processor. */
    public static Device cpu() {
        return new Device(Kind.CPU, 0);
    }

    /**
     * Returns a device by its name: {@code cpu}, {@code cuda}, {@code cuda:1}, {@code coreml}, {@code directml},
     * {@code directml:1} or {@code auto}.
     *
     * @throws ClapException if there is none of this name
     */
    public static Device of(String name) {
        int colon = name.indexOf(':');
        String kind = colon < 0 ? name : name.substring(0, colon);
        String index = colon < 0 ? "0" : name.substring(colon + 1);
        return Arrays.stream(Kind.values())
                .filter(each -> each.toString().equals(kind))
                .filter(each -> index.matches("\\d{1,3}") && (colon < 0 || each.numbered))
                .findFirst()
                .map(each -> new Device(each, Integer.parseInt(index)))
                .orElseThrow(() -> new ClapException("There is no device " + name + "; devices are " + names()));
    }

    private static String names() {
        return Arrays.stream(Kind.values())
                .map(kind -> kind.numbered ? kind + "[:N]" : kind.toString())
                .collect(Collectors.joining(", "));
    }

    /** Returns the name, as {@link #of} reads it. */
    @Override
    public String toString() {
        return index == 0 ? kind.toString() : kind + ":" + index;
    }
}
