package dev.clap4j.internal.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Safetensors files whose header does not describe them. */
final class BadSafetensors {
    private static final String PREFIX = "Cannot read {}/model.safetensors as safetensors: ";

    private BadSafetensors() {}

    static void addTo(BadCheckpoints bad) {
        bad.add(
                "safetensors of noise",
                BadCheckpoints.file("model.safetensors", "certainly not"),
                PREFIX + "its header should be 7813298270820787555 bytes long, but the file has 5 after the length; it"
                        + " is not a safetensors file, or it is truncated");
        bad.add(
                "header longer than the file",
                raw(1000, "{\"a\": {}}", 0),
                PREFIX + "its header should be 1000 bytes long, but the file has 9 after the length; it is not a"
                        + " safetensors file, or it is truncated");
        bad.add(
                "file of a few bytes",
                BadCheckpoints.file("model.safetensors", "abc"),
                PREFIX + "it has 3 bytes, a safetensors file has at least 8");
        bad.add(
                "header that is not JSON",
                header("{\"a\" 1}", 0),
                PREFIX
                        + "its header is not JSON: at line 1, column 6: Unexpected character ('1' (code 49)): was expecting a colon to"
                        + " separate field name and value");
        bad.add(
                "one name twice",
                header("{\"a\": {\"dtype\": \"F32\", \"shape\": [], \"data_offsets\": [0, 4]}, \"a\": {}}", 4),
                PREFIX + "its header is not JSON: at line 1, column 65: Duplicate field 'a'");
        bad.add(
                "unknown type",
                header(entry("a", "F8_E4M3", "[4]", 0, 4), 4),
                PREFIX
                        + "tensor a has the type \"F8_E4M3\"; known types are [F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL]");
        bad.add(
                "impossible shape",
                header(entry("a", "F32", "[4611686018427387904, 8]", 0, 4), 4),
                PREFIX + "tensor a has the impossible shape [4611686018427387904, 8]");
        bad.add(
                "shape and bytes that disagree",
                header(entry("a", "F32", "[3]", 0, 16), 16),
                PREFIX + "tensor a has 16 bytes, but F32[3] takes 12");
        bad.add(
                "truncated data",
                header(entry("a", "F32", "[4]", 0, 16), 10),
                PREFIX + "tensor a lies at [0,16], outside the file's 10 bytes of data; it is truncated or damaged");
        bad.add(
                "overlapping tensors",
                header(entry("a", "F32", "[2]", 0, 8) + entry("b", "F32", "[2]", 4, 12), 12),
                PREFIX + "tensors a and b overlap");
        bad.add(
                "bytes of no tensor",
                header(entry("a", "F32", "[2]", 0, 8), 12),
                PREFIX + "4 bytes from byte 77 on belong to no tensor; it is damaged");
        bad.add(
                "entry without offsets",
                header("{\"a\": {\"dtype\": \"F32\", \"shape\": [1]}}", 4),
                PREFIX + "tensor a lacks a shape or its two data_offsets");
        odd(bad);
    }

    /** Files that no writer of the format would write. */
    private static void odd(BadCheckpoints bad) {
        bad.add(
                "entry without a type",
                header("{\"a\": {\"shape\": [1], \"data_offsets\": [0, 4]}}", 4),
                PREFIX + "tensor a lacks a dtype");
        bad.add(
                "entry with more than the format knows",
                header(entry("a", "F32", "[1], \"scale\": 2", 0, 4), 4),
                PREFIX + "tensor a has the field scale, which the format does not know");
        bad.add(
                "metadata that is no text",
                header("{\"__metadata__\": {\"a\": 1}}", 0),
                PREFIX + "its __metadata__ is not an object of texts");
        bad.add(
                "tensor that would colour the terminal",
                header(entry("\\u001b]0;owned\\u0007\\u001b[31mRED", "F32", "[3]", 0, 4), 4),
                PREFIX + "tensor \\u001b]0;owned\\u0007\\u001b[31mRED has 4 bytes, but F32[3] takes 12");
        bad.add(
                "name without end",
                header(entry("a".repeat(501), "F32", "[1]", 0, 4), 4),
                PREFIX + "it has more than 100000 tensors, or one whose name is longer than 500 characters");
        bad.add(
                "negative extent",
                header(entry("a", "F32", "[2, -1]", 0, 4), 4),
                PREFIX + "tensor a has the impossible shape [2] …");
        bad.add(
                "extent beyond all numbers",
                header(entry("a", "F32", "[99999999999999999999999999]", 0, 4), 4),
                PREFIX + "tensor a has the impossible shape [] …");
        bad.add(
                "offsets the wrong way round",
                header(entry("a", "F32", "[1]", 4, 0), 4),
                PREFIX + "tensor a has the impossible data_offsets [4, 0]");
        bad.add(
                "nested header",
                header("{\"a\": " + "[".repeat(5_000), 0),
                PREFIX + "tensor a lacks a shape or its two data_offsets");
        bad.add(
                "header that goes on",
                header("{} {}", 0),
                PREFIX + "its header is not JSON: something follows its end");
        bad.add("header that is a list", header("[]", 0), PREFIX + "its header is not a JSON object");
    }

    /** One entry; two put one after the other make a header of both. */
    private static String entry(String name, String type, String shape, int begin, int end) {
        return String.format(
                "{\"%s\": {\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": [%d, %d]}}",
                name, type, shape, begin, end);
    }

    private static BadCheckpoints.Maker header(String json, int dataBytes) {
        String joined = json.replace("}}{", "}, ");
        return raw(joined.length(), joined, dataBytes);
    }

    private static BadCheckpoints.Maker raw(long length, String json, int dataBytes) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        byte[] file = ByteBuffer.allocate(8 + text.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(text)
                .array();
        return folder -> Files.write(folder.resolve("model.safetensors"), file);
    }
}
