"""Steps of the database schema, applied in order by ``engine.store.migrate``.

``NNNN_pre_*`` run before new code starts and leave old code working;
``NNNN_post_*`` run when no old code is left.
"""
