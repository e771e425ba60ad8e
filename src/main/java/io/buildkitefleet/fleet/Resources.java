package io.buildkitefleet.fleet;

import io.buildkitefleet.config.value.Cpu;
import io.buildkitefleet.config.value.Memory;

/** CPU and memory that a pod or a container asks for, or that a node has. */
public record Resources(Cpu cpu, Memory memory) {
    public static final Resources NONE = of(0, 0);

    /** Of millicores and MiB. */
    public static Resources of(int millis, long mebibytes) {
        return new Resources(new Cpu(millis), new Memory(mebibytes));
    }

    public Resources plus(Resources other) {
        return new Resources(cpu.plus(other.cpu), memory.plus(other.memory));
    }

    /** Of CPU and of memory, the larger. */
    public Resources orMore(Resources other) {
        return of(Math.max(cpu.millis(), other.cpu.millis()), Math.max(memory.mebibytes(), other.memory.mebibytes()));
    }

    public Resources minus(Resources other) {
        return new Resources(cpu.minus(other.cpu), memory.minus(other.memory));
    }

    /** One of so many equal shares, rounded down. */
    public Resources dividedBy(int shares) {
        return of(cpu.millis() / shares, memory.mebibytes() / shares);
    }

    public Resources times(int count) {
        return of(cpu.millis() * count, memory.mebibytes() * count);
    }

    public boolean fitsIn(Resources other) {
        return cpu.compareTo(other.cpu) <= 0 && memory.compareTo(other.memory) <= 0;
    }

    /** How many of the other fit into this. */
    public int holds(Resources other) {
        return (int) Math.min(cpu.millis() / other.cpu.millis(), memory.mebibytes() / other.memory.mebibytes());
    }

    @Override
    public String toString() {
        return cpu + " CPU, " + memory;
    }
}
