"""Runs the DMN Technology Compatibility Kit: ``python -m engine.dmn.tck --dir FOLDER``.

The kit's files are read where they lie and are no part of this product.
"""
