"""The commands of ``kg``, in groups; each module adds its own to the parser by ``register``."""
